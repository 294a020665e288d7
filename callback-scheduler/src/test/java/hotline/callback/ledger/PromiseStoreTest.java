package hotline.callback.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.DatabaseUnavailable;
import hotline.base.keys.Vault;
import hotline.callback.CallbackService.Promise;
import hotline.callback.Disposition;
import hotline.callback.OfferService.MayDial;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.OfferService.Offered;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Role;
import hotline.callback.Wishes;
import hotline.callback.dispatch.Dispatcher;
import hotline.callback.dispatch.Ring;
import hotline.callback.staff.Responder;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rows hold when many want the same thing at once, when somebody is late, and when the code is wrong. */
final class PromiseStoreTest {

    private static final Duration PROMISE = Duration.ofMinutes(30);
    private static final String CALLER = "6175550142";

    private static RunningDatabase stores;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @AfterEach
    void empties() {
        stores.empty();
    }

    // ---- asking ----

    @Test
    void a_number_that_already_waits_keeps_its_first_promise() {
        var first = stores.asks(CALLER, "en", PROMISE);
        var second = stores.asks(CALLER, "es", Duration.ofHours(5));
        assertTrue(first.earlier().isEmpty());
        assertFalse(second.earlier().isEmpty());
        assertEquals(first.callback(), second.callback());
        assertEquals(first.dueAt(), second.dueAt());
        assertEquals("en", text("SELECT language FROM callback"), "a second call may be somebody else's");
    }

    @Test
    void many_calls_for_one_number_at_one_moment_make_one_callback() {
        var promises = together(IntStream.range(0, 12)
                .<Callable<Promise>>mapToObj(_ -> () -> stores.asks(CALLER, "en", PROMISE))
                .toList());
        assertEquals(1, promises.stream().filter(one -> one.earlier().isEmpty()).count());
        assertEquals(1, promises.stream().map(Promise::callback).distinct().count());
        assertEquals(1, count("SELECT count(*) AS n FROM callback"));
    }

    @Test
    void a_number_that_is_given_too_often_is_promised_in_the_same_words_and_a_supervisor_looks_first() {
        stores.onDuty("ann", "6175550101");
        supervisor();
        for (var disposition : List.of("talked", "mistaken_number", "talked", "no_answer", "left_message")) {
            var callback = stores.asked(CALLER);
            assertEquals("waiting", text("SELECT state FROM callback WHERE state <> 'closed'"));
            stores.decisions().close(callback, new Disposition(disposition), "a test");
        }
        var often = stores.asks(CALLER, "en", PROMISE);
        assertTrue(often.earlier().isEmpty());
        assertEquals(List.of(), stores.dispatcher.dispatch(true, Set.of()).rings(), "while the caller is on the line");
        stores.callbacks(PROMISE).ready(often.callback());
        var rings = stores.dispatcher.dispatch(true, Set.of()).rings();
        assertEquals(List.of("6175550109"), rings.stream().map(Ring::phone).toList());
        stores.age(stores.asked("6175550143"), Duration.ZERO);
        assertEquals(
                List.of("6175550101"),
                stores.dispatcher.dispatch(true, Set.of()).rings().stream()
                        .map(Ring::phone)
                        .toList(),
                "another number is not touched by it");
    }

    // ---- more work than staff ----

    @Test
    void the_fourth_caller_of_one_responder_is_told_an_expected_time_and_the_supervisors_are_called_in_at_once() {
        stores.onDuty("ann", "6175550101");
        supervisor();
        for (var caller = 0; caller < 3; caller++) {
            assertEquals(
                    Optional.empty(),
                    stores.asks("617555014" + caller, "en", PROMISE).expectedAt());
        }
        var fourth = stores.asks("6175550149", "en", PROMISE);
        var expected = fourth.expectedAt().orElseThrow();
        assertEquals(
                Duration.ofMinutes(6),
                Duration.between(fourth.dueAt(), expected).truncatedTo(ChronoUnit.MINUTES),
                "three ahead take 36 minutes");
        assertEquals(1, count("SELECT count(*) AS n FROM event WHERE kind = 'not_feasible'"));
        stores.callbacks(PROMISE).ready(fourth.callback());
        assertEquals(
                Set.of("6175550101", "6175550109"),
                stores.dispatcher.dispatch(true, Set.of()).rings().stream()
                        .map(Ring::phone)
                        .collect(Collectors.toSet()),
                "the others are still on the line");
    }

    @Test
    void the_expected_time_of_a_number_that_waits_goes_by_who_is_before_it() {
        stores.onDuty("ann", "6175550101");
        for (var caller = 0; caller < 6; caller++) {
            stores.asks("617555014" + caller, "en", PROMISE);
        }
        assertEquals(Optional.empty(), stores.asks("6175550142", "en", PROMISE).expectedAt());
        assertTrue(stores.asks("6175550145", "en", PROMISE).expectedAt().isPresent(), "asked again");
        stores.onDuty("bob", "6175550102");
        assertEquals(Optional.empty(), stores.asks("6175550144", "en", PROMISE).expectedAt());
    }

    @Test
    void a_number_and_a_name_cannot_be_read_in_the_database() {
        var name = "Ana Maria, in her own voice".getBytes(US_ASCII);
        var callback = stores.asks(CALLER, "en", PROMISE).callback();
        stores.callbacks(PROMISE).amend(callback, Wishes.cautious("en"), Optional.of(name));
        var row = text("SELECT callback::text FROM callback");
        for (var secret : List.of(CALLER.getBytes(US_ASCII), name)) {
            assertFalse(row.contains(new String(secret, US_ASCII)));
            assertFalse(row.contains(HexFormat.of().formatHex(secret)));
        }
    }

    @Test
    void what_was_encrypted_for_one_callback_opens_for_no_other() {
        var mine = UUID.randomUUID();
        var encrypted = stores.vault.encrypt(CALLER.getBytes(US_ASCII), mine);
        assertEquals(CALLER, new String(stores.vault.open(encrypted, mine), US_ASCII));
        assertThrows(IllegalStateException.class, () -> stores.vault.open(encrypted, UUID.randomUUID()));
        var stranger = new Vault(Vault.newKeys());
        assertThrows(IllegalStateException.class, () -> stranger.open(encrypted, mine));
    }

    // ---- what the schema refuses, whatever the code does ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "due_at = due_at + interval '1 s'",
                "requested_at = requested_at - interval '1 s'",
                "kept_at = due_at + interval '1 s'",
                "broken_at = due_at - interval '1 s'",
                "kept_at = due_at, broken_at = due_at",
                "state = 'claimed'",
                "state = 'dialing', offer_id = gen_random_uuid()",
                "state = 'closed'",
                "state = 'forgotten'",
                "number_encrypted = NULL",
                "attempts = -1",
                "language = 'x'",
                "round_begun = NULL",
            })
    void a_row_that_breaks_a_rule_is_refused(String change) {
        var callback = stores.asks(CALLER, "en", PROMISE).callback();
        var refused = assertThrows(
                PgException.class,
                () -> stores.database.run("UPDATE callback SET " + change + " WHERE id = $1", callback));
        assertTrue(List.of("23514", "P0001").contains(refused.getSqlState()), refused::getMessage);
    }

    @Test
    void a_callback_is_never_dialled_twice_at_a_time() {
        stores.onDuty("ann", "6175550101");
        var callback = stores.asked(CALLER);
        var offer = onlyOffer();
        stores.offers.take(offer);
        stores.offers.dial(offer);
        var refused = assertThrows(
                PgException.class,
                () -> stores.database.run(
                        "INSERT INTO attempt (callback_id, offer_id, dialled_at) VALUES ($1, $2, now())",
                        callback,
                        offer));
        assertEquals("one_open_dial_per_callback", refused.getConstraint());
    }

    // ---- several at once ----

    @Test
    void dispatchers_of_many_nodes_share_the_work_and_do_nothing_twice() {
        var waiting = IntStream.range(0, 300)
                .mapToObj(number -> stores.asked("617555" + (2000 + number)))
                .collect(Collectors.toSet());
        IntStream.range(0, 40).forEach(number -> stores.onDuty("r" + number, "61755502" + (10 + number)));
        var rings = together(IntStream.range(0, 4)
                        .<Callable<List<Ring>>>mapToObj(
                                number -> () -> stepsUntilDone(stores.dispatcher("node-" + number)))
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();
        assertEquals(40, rings.size(), "each responder is called");
        assertEquals(40, new HashSet<>(rings.stream().map(Ring::phone).toList()).size(), "and nobody twice");
        assertEquals(waiting.size(), count("SELECT count(*) AS n FROM step WHERE kind = 'first'"));
        assertEquals(
                0,
                count("SELECT count(*) AS n FROM (SELECT callback_id FROM offer GROUP BY 1 HAVING count(*) > 1)"
                        + " AS twice"));
    }

    /** The last step may ring for what another dispatcher looked at and had nobody for. */
    private static List<Ring> stepsUntilDone(Dispatcher dispatcher) {
        var rings = new ArrayList<Ring>();
        Dispatcher.Dispatched step;
        do {
            step = dispatcher.dispatch(true, Set.of());
            rings.addAll(step.rings());
        } while (step.lookedAt() + step.rings().size() > 0);
        return rings;
    }

    @Test
    void who_speaks_the_callers_language_is_called_first_and_who_does_not_is_told() {
        stores.onDuty("ann", "6175550101");
        stores.staff.save(new Responder("eva", "Eva", "6175550102", List.of("en", "es"), Role.RESPONDER, true));
        stores.database.run("UPDATE responder SET last_called_at = now() WHERE id = 'eva'");
        var promise = stores.asks(CALLER, "es", PROMISE);
        stores.callbacks(PROMISE).ready(promise.callback());
        var first = stores.dispatcher.dispatch(true, Set.of()).rings().getFirst();
        assertEquals("6175550102", first.phone());
        assertTrue(((Offered.Fresh) stores.offers.answered(first.offer())).shared());
        stores.offers.pass(first.offer(), OfferEnd.DECLINED);
        var next = stores.dispatcher.dispatch(true, Set.of()).rings().getFirst();
        assertEquals("6175550101", next.phone());
        assertFalse(((Offered.Fresh) stores.offers.answered(next.offer())).shared());
    }

    @Test
    void a_caller_waits_a_minute_for_who_shares_the_language_and_then_anyone_is_called() {
        stores.onDuty("ann", "6175550101");
        stores.staff.save(new Responder("eva", "Eva", "6175550102", List.of("en", "es"), Role.RESPONDER, true));
        var english = stores.asked("6175550143");
        stores.database.run("UPDATE responder SET last_called_at = now() WHERE id = 'ann'");
        assertEquals(
                "6175550102",
                stores.dispatcher.dispatch(true, Set.of()).rings().getFirst().phone());
        var spanish = stores.asks(CALLER, "es", PROMISE).callback();
        stores.callbacks(PROMISE).ready(spanish);
        assertEquals(List.of(), stores.dispatcher.dispatch(true, Set.of()).rings(), "eva is called for another");
        stores.age(english, Duration.ofSeconds(50));
        stores.age(spanish, Duration.ofSeconds(50));
        assertEquals(List.of(), stores.dispatcher.dispatch(true, Set.of()).rings());
        stores.age(spanish, Duration.ofSeconds(11));
        assertEquals(
                List.of("6175550101"),
                stores.dispatcher.dispatch(true, Set.of()).rings().stream()
                        .map(Ring::phone)
                        .toList());
    }

    @Test
    void who_shares_the_language_and_did_not_take_it_keeps_nobody_waiting() {
        stores.onDuty("ann", "6175550101");
        stores.staff.save(new Responder("eva", "Eva", "6175550102", List.of("en", "es"), Role.RESPONDER, true));
        stores.callbacks(PROMISE).ready(stores.asks(CALLER, "es", PROMISE).callback());
        var first = stores.dispatcher.dispatch(true, Set.of()).rings().getFirst();
        assertEquals("6175550102", first.phone());
        stores.offers.pass(first.offer(), OfferEnd.DECLINED);
        assertEquals(
                "6175550101",
                stores.dispatcher.dispatch(true, Set.of()).rings().getFirst().phone());
    }

    @Test
    void of_two_who_press_1_together_one_takes_it() {
        stores.onDuty("ann", "6175550101");
        stores.onDuty("bob", "6175550102");
        var callback = stores.asked(CALLER);
        stores.dispatcher.dispatch(true, Set.of());
        stores.age(callback, Duration.ofMinutes(4));
        stores.dispatcher.dispatch(true, Set.of());
        var offers = offers();
        assertEquals(2, offers.size(), "the next one is called too");
        var taken = together(offers.stream()
                .<Callable<Boolean>>map(id -> () -> stores.offers.take(id).isPresent())
                .toList());
        assertEquals(1, taken.stream().filter(value -> value).count());
        var quiet = stores.ledger.ringingForNothing(offers);
        assertEquals(1, quiet.size(), "the other phone, should it still ring");
        assertFalse(stores.offers.take(quiet.iterator().next()).isPresent());
        assertEquals(
                1,
                count("SELECT count(*) AS n FROM offer WHERE outcome = 'taken_by_another' AND ended_at IS NOT NULL"));
    }

    @Test
    void a_row_that_cannot_be_looked_at_keeps_no_other_waiting() {
        stores.onDuty("ann", "6175550101");
        var sick = stores.asked("6175550143");
        stores.database.run("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'sick'; END $$""");
        stores.database.run("CREATE TRIGGER sick BEFORE UPDATE ON callback FOR EACH ROW WHEN (OLD.id = '" + sick
                + "' AND NEW.steps_until <> OLD.steps_until) EXECUTE FUNCTION refuse()");
        try {
            var well = stores.asked(CALLER);
            var rings = stores.dispatcher.dispatch(true, Set.of()).rings();
            assertEquals(1, rings.size());
            assertEquals(well.toString(), text("SELECT callback_id::text FROM offer"));
            assertEquals(
                    0,
                    stores.dispatcher.dispatch(true, Set.of()).lookedAt(),
                    "the sick one is looked at again, but not at once");
            assertEquals(
                    1,
                    count("SELECT count(*) AS n FROM callback WHERE wake_at > now() + interval '5 s'"
                            + " AND wake_at < now() + interval '11 s'"));
        } finally {
            stores.database.run("DROP TRIGGER sick ON callback");
        }
    }

    @Test
    void a_node_that_stands_still_in_a_transaction_keeps_its_rows_for_five_seconds_at_the_most() {
        stores.onDuty("ann", "6175550101");
        var callback = stores.asked(CALLER);
        var given = assertThrows(
                DatabaseUnavailable.class,
                () -> stores.ledger.transaction(page -> {
                    var held = page.lock(callback);
                    assertEquals(
                            0,
                            stores.dispatcher.dispatch(true, Set.of()).lookedAt(),
                            "held by the node that stands still");
                    RunningDatabase.await(
                            "the row is free",
                            () -> stores.dispatcher.dispatch(true, Set.of()).lookedAt() == 1);
                    page.note(callback, held.orElseThrow().now(), "too_late", "");
                    return held;
                }));
        assertTrue(String.valueOf(given.getMessage()).contains("database"), given::toString);
        assertEquals(0, count("SELECT count(*) AS n FROM event WHERE kind = 'too_late'"));
    }

    // ---- too late ----

    @Test
    void a_claim_that_lapsed_returns_with_the_same_due_time_and_a_late_word_changes_nothing() {
        stores.onDuty("ann", "6175550101");
        stores.onDuty("bob", "6175550102");
        var promise = stores.asks(CALLER, "en", PROMISE);
        stores.callbacks(PROMISE).ready(promise.callback());
        var offer = onlyOffer();
        stores.offers.take(offer);
        stores.offers.dial(offer);
        runOut(offer);
        assertEquals(1, stores.dispatcher.lapse());
        assertEquals(0, stores.dispatcher.lapse(), "once is enough");

        stores.offers.settle(offer, Outcome.ANSWERED, Optional.of(Disposition.TALKED));
        stores.offers.rang(offer);
        assertEquals(new MayDial.Gone(), stores.offers.dial(offer));
        assertEquals(Optional.empty(), stores.offers.take(offer));
        assertEquals(new Offered.Gone(), stores.offers.answered(offer));

        assertEquals("waiting", text("SELECT state FROM callback"));
        assertEquals("lost", text("SELECT outcome FROM attempt"));
        assertEquals(0, count("SELECT attempts AS n FROM callback"), "a try that a crash ate does not count");
        assertEquals(1, count("SELECT count(*) AS n FROM event WHERE kind = 'settled_too_late'"));
        assertEquals(promise.dueAt(), stores.asks(CALLER, "en", PROMISE).dueAt());
        assertEquals(1, stores.dispatcher.dispatch(true, Set.of()).rings().size(), "somebody else is called at once");
    }

    @Test
    void a_lease_that_is_renewed_does_not_lapse() {
        stores.onDuty("ann", "6175550101");
        stores.asked(CALLER);
        var offer = onlyOffer();
        runOut(offer);
        stores.ledger.renew("another-node", List.of(offer), Duration.ofMinutes(1));
        stores.ledger.renew(RunningDatabase.NODE, List.of(offer), Duration.ofMinutes(1));
        assertEquals(0, stores.dispatcher.lapse());
        runOut(offer);
        stores.ledger.renew("another-node", List.of(offer), Duration.ofMinutes(1));
        assertEquals(1, stores.dispatcher.lapse(), "only the node that rings it knows that it lives");
    }

    @Test
    void legs_that_asterisk_no_longer_knows_are_given_up_by_their_node_only() {
        stores.onDuty("ann", "6175550101");
        stores.asked(CALLER);
        var offer = onlyOffer();
        stores.database.run("UPDATE offer SET offered_at = offered_at - interval '6 s'");
        stores.ledger.cutAllBut("another-node", List.of());
        assertEquals(0, stores.dispatcher.lapse());
        stores.ledger.cutAllBut(RunningDatabase.NODE, List.of(offer));
        assertEquals(0, stores.dispatcher.lapse());
        stores.ledger.cutAllBut(RunningDatabase.NODE, List.of());
        assertEquals(1, stores.dispatcher.lapse());
    }

    @Test
    void a_promise_that_passes_is_broken_once_and_still_called_for() {
        stores.onDuty("ann", "6175550101");
        var callback = stores.asked(CALLER);
        stores.dispatcher.dispatch(true, Set.of());
        stores.offers.pass(offers().getFirst(), OfferEnd.SILENT);
        stores.age(callback, Duration.ofMinutes(31));
        assertEquals(
                1,
                stores.dispatcher.dispatch(true, Set.of()).rings().size(),
                "whoever let it ring before is called again");
        stores.age(callback, Duration.ofMinutes(60));
        stores.dispatcher.dispatch(true, Set.of());
        assertEquals(1, count("SELECT count(*) AS n FROM event WHERE kind = 'broken'"));
        assertEquals("waiting", text("SELECT state FROM callback"));
    }

    // ---- what a person has to know ----

    private static void supervisor() {
        stores.staff.save(new Responder("sam", "Sam", "6175550109", List.of("en"), Role.SUPERVISOR, true));
    }

    @Test
    void a_number_that_does_not_exist_is_brought_before_a_supervisor_until_seen() {
        stores.onDuty("ann", "6175550101");
        supervisor();
        var callback = stores.asked(CALLER);
        var offer = onlyOffer();
        stores.offers.take(offer);
        stores.offers.dial(offer);
        stores.offers.settle(offer, Outcome.NO_SUCH_NUMBER, Optional.empty());
        assertEquals("needs_decision", text("SELECT state FROM callback"));

        var page = onlyOffer();
        var said = (Offered.Fresh) stores.offers.answered(page);
        assertEquals(Role.SUPERVISOR, said.calledInAs());
        assertTrue(said.needsDecision());
        stores.age(callback, Duration.ofMinutes(3));
        assertEquals(
                List.of(),
                stores.dispatcher.dispatch(true, Set.of()).rings(),
                "the phone rings already when the alarm is repeated");
        stores.offers.pass(page, OfferEnd.SEEN);
        assertEquals(List.of(), stores.dispatcher.dispatch(true, Set.of()).rings());
        stores.age(callback, Duration.ofMinutes(7));
        assertEquals(List.of(), stores.dispatcher.dispatch(true, Set.of()).rings(), "it was seen");
        stores.age(callback, Duration.ofMinutes(21));
        assertEquals(1, count("SELECT count(*) AS n FROM callback WHERE broken_at IS NULL"));
        stores.dispatcher.dispatch(true, Set.of());
        assertEquals(1, count("SELECT count(*) AS n FROM callback WHERE broken_at IS NOT NULL"));
        assertEquals(1, count("SELECT count(*) AS n FROM step WHERE kind = 'manager'"));
    }

    @Test
    void a_supervisor_may_call_again_what_was_to_be_decided() {
        stores.onDuty("ann", "6175550101");
        supervisor();
        stores.asked(CALLER);
        var offer = onlyOffer();
        stores.offers.take(offer);
        stores.offers.dial(offer);
        stores.offers.settle(offer, Outcome.NO_SUCH_NUMBER, Optional.empty());
        var page = onlyOffer();
        assertTrue(stores.offers.take(page).isPresent());
        assertEquals(new MayDial.Yes(new PhoneNumber(CALLER)), stores.offers.dial(page));
        stores.offers.rang(page);
        stores.offers.settle(page, Outcome.ANSWERED, Optional.of(Disposition.TALKED));
        assertEquals("closed", text("SELECT state FROM callback"));
        assertEquals(1, count("SELECT count(kept_at) AS n FROM callback"));
    }

    @Test
    void where_nobody_can_be_called_the_broken_promise_is_recorded_all_the_same() {
        stores.onDuty("ann", "6175550101");
        var callback = stores.asked(CALLER);
        stores.age(callback, Duration.ofMinutes(31));
        assertEquals(List.of(), stores.dispatcher.dispatch(false, Set.of()).rings());
        assertEquals(1, count("SELECT count(*) AS n FROM callback WHERE broken_at IS NOT NULL"));
        assertEquals(0, count("SELECT count(*) AS n FROM offer"));
    }

    // ---- reading the rows ----

    /** The dispatcher's one offer for the one call-back that waits. */
    private static UUID onlyOffer() {
        var rings = stores.dispatcher.dispatch(true, Set.of()).rings();
        assertEquals(1, rings.size());
        return rings.getFirst().offer();
    }

    private static List<UUID> offers() {
        return StreamSupport.stream(
                        stores.database
                                .run("SELECT id FROM offer WHERE ended_at IS NULL")
                                .spliterator(),
                        false)
                .map(row -> row.getUUID("id"))
                .toList();
    }

    private static void runOut(UUID offer) {
        stores.database.run("UPDATE offer SET lease_until = clock_timestamp() - interval '1 ms' WHERE id = $1", offer);
    }

    private static String text(String sql) {
        return stores.database.run(sql).iterator().next().getString(0);
    }

    private static long count(String sql) {
        return stores.database.run(sql).iterator().next().getLong("n");
    }

    private static <T> List<T> together(List<Callable<T>> work) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_phone_number_is_kept_exactly() {
        stores.onDuty("ann", "6175550101");
        stores.asked(CALLER);
        var offer = onlyOffer();
        stores.offers.take(offer);
        assertEquals(new MayDial.Yes(new PhoneNumber(CALLER)), stores.offers.dial(offer));
    }
}
