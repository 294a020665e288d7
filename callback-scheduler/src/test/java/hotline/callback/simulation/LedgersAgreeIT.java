package hotline.callback.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Callback;
import hotline.callback.Callback.Ask;
import hotline.callback.Callback.Fired;
import hotline.callback.Disposition;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LineCall;
import hotline.callback.Ledger.Person;
import hotline.callback.OfferService.MayDial;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.OfferService.Offered;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.RetryPlan;
import hotline.callback.Role;
import hotline.callback.StaffLineService.Picked;
import hotline.callback.Wishes;
import hotline.callback.dispatch.Decisions;
import hotline.callback.dispatch.Dispatcher;
import hotline.callback.dispatch.Offers;
import hotline.callback.dispatch.RequestedOffers;
import hotline.callback.dispatch.Ring;
import hotline.callback.dispatch.Talks;
import hotline.callback.ledger.CallbackViews.Which;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.request.Requests;
import hotline.callback.staff.Responder;
import hotline.callback.staffline.DispositionCorrection;
import hotline.callback.staffline.Picks;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ledger in memory, on which the simulation stands, does what PostgreSQL does: the same random day is lived on both,
 * with the same clock, and after each step everything that stands in them is the same.
 */
final class LedgersAgreeIT {

    private static final int STEPS = 900;
    private static final Instant MIDNIGHT = Instant.parse("2026-11-02T05:00:00Z");
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
    private static final String NODE = "this-node";

    private static RunningDatabase stores;

    @BeforeAll
    static void starts() {
        stores = RunningDatabase.withClockSetByHand(MIDNIGHT);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void one_day_on_both_ledgers_ends_the_same(long seed) {
        stores.empty();
        var both = new Both(seed);
        both.live();
        var ends = rows("SELECT DISTINCT outcome FROM offer WHERE outcome IS NOT NULL")
                .toList();
        assertTrue(ends.size() > 3, () -> "hardly anything happened: " + ends.size() + " ends of offers");
        assertEquals(Set.of("waiting", "claimed", "dialing", "not_said", "needs_decision", "closed"), both.states);
    }

    private static Stream<Row> rows(String sql) {
        return StreamSupport.stream(stores.database.run(sql).spliterator(), false);
    }

    /** Everything that works on a ledger. */
    private record Desk(
            Ledger ledger,
            Dispatcher watch,
            Offers offers,
            Decisions decisions,
            Requests requests,
            Picks picks,
            RequestedOffers requested,
            DispositionCorrection correction,
            Talks talks) {

        static Desk over(Ledger ledger, long seed, LongSupplier steadyNanos) {
            var ids = new Random(seed);
            return new Desk(
                    ledger,
                    new Dispatcher(
                            ledger,
                            () -> Simulation.PLAN,
                            NODE,
                            () -> new UUID(ids.nextLong(), ids.nextLong()),
                            steadyNanos),
                    new Offers(ledger, Simulation.PLAN::ladder, RetryPlan.STANDARD),
                    new Decisions(ledger),
                    new Requests(ledger, Simulation.PROMISE),
                    new Picks(ledger, Simulation.PLAN::ladder, NODE),
                    new RequestedOffers(ledger, NODE),
                    new DispositionCorrection(ledger, RetryPlan.STANDARD),
                    new Talks(ledger, RetryPlan.STANDARD));
        }
    }

    /** One day, twice. */
    private static final class Both implements MemoryLedger.Surroundings {

        private final Random random;
        private final Random ids;
        private final long seed;
        private final MemoryLedger memory = new MemoryLedger(this);
        private final List<Desk> desks;
        private final List<UUID> offers = new ArrayList<>();
        private final List<UUID> callbacks = new ArrayList<>();
        private final List<UUID> lineCalls = new ArrayList<>();
        private final Set<String> steps = new TreeSet<>();
        private final Set<String> states = new TreeSet<>();
        private Instant now = MIDNIGHT;

        Both(long seed) {
            this.seed = seed;
            random = new Random(seed);
            // The dispatchers draw theirs from the seed itself.
            ids = new Random(seed + 1_000);
            LongSupplier nanos = () -> Duration.between(MIDNIGHT, now).toNanos();
            desks = List.of(Desk.over(stores.ledger, seed, nanos), Desk.over(memory, seed, nanos));
        }

        void live() {
            for (var person : List.of("ann", "bob", "eva")) {
                onDuty(person, Role.RESPONDER, true);
            }
            onDuty("sam", Role.SUPERVISOR, true);
            for (var step = 0; step < STEPS; step++) {
                passes(random.nextInt(4) == 0 ? random.nextInt(300_000) : 1 + random.nextInt(4_000));
                var did = step();
                assertEquals(inPostgres(), inMemory(), "seed " + seed + ", step " + step + ": " + did);
            }
        }

        private void passes(long millis) {
            now = now.plusMillis(millis);
            stores.setClock(now);
        }

        private String step() {
            return switch (random.nextInt(23)) {
                case 0 -> asks();
                case 1 -> onDuty("bob", Role.RESPONDER, random.nextBoolean());
                case 2, 3, 4 -> both("look", desk -> rings(desk.watch.dispatch(true, Set.of())));
                case 5 -> both("look without telephones", desk -> rings(desk.watch.dispatch(false, Set.of())));
                case 6 -> both("lapse", desk -> desk.watch.lapse());
                case 7 -> withOffer("answered", (desk, id) -> withoutName(desk.offers.answered(id)));
                case 8, 9 ->
                    withOffer("take", (desk, id) -> desk.offers.take(id).isPresent());
                case 10 -> withOffer("dial", (desk, id) -> desk.offers.dial(id));
                case 11 -> withOffer("settle", this::settles);
                case 12 -> withOffer("leg", this::leg);
                case 13 -> decides();
                case 14 -> changesTheirMind();
                case 15 -> picks();
                case 16 -> asksFor();
                case 17 -> corrects();
                case 18 -> calls();
                case 19 -> onTheLine();
                case 20 -> talks();
                case 21 -> says();
                default -> asks();
            };
        }

        private String asks() {
            var ask = new Ask(
                    Wishes.cautious(random.nextBoolean() ? "es" : "en"),
                    random.nextBoolean(),
                    random.nextInt(5) == 0,
                    1);
            var call = random.nextInt(3) == 0 ? Optional.of(id()) : Optional.<UUID>empty();
            call.ifPresent(lineCalls::add);
            var request = new Request(id(), Optional.empty(), number(), ask, call);
            var asked = random.nextInt(4) == 0 ? request.askedAt(now.minusSeconds(random.nextInt(3_000))) : request;
            var did = both("asks", desk -> desk.requests.enter(asked));
            callbacks.add(asked.id());
            if (random.nextInt(4) > 0) {
                passes(20_000);
                both("ready", desk -> done(() -> desk.requests.ready(asked.id())));
            }
            return did;
        }

        /** Without a sign: PostgreSQL and Java order those alike. */
        private UUID id() {
            return new UUID(ids.nextLong() >>> 1, ids.nextLong() >>> 1);
        }

        /** Few, so that some wait already. */
        private PhoneNumber number() {
            return new PhoneNumber("61755501%02d".formatted(random.nextInt(12)));
        }

        private static String done(Runnable what) {
            what.run();
            return "done";
        }

        private String changesTheirMind() {
            if (callbacks.isEmpty()) {
                return "nothing";
            }
            var callback = callbacks.get(random.nextInt(callbacks.size()));
            var number = number();
            return switch (random.nextInt(3)) {
                case 0 -> both("cancel", desk -> done(() -> desk.requests.cancel(number)));
                case 1 -> both("reopen", desk -> desk.decisions.reopen(callback));
                default ->
                    both(
                            "amend",
                            desk -> done(() -> desk.requests.amend(
                                    callback, new Wishes("en", true, true), Optional.of(new byte[] {1}))));
            };
        }

        private String onTheLine() {
            if (lineCalls.isEmpty() || random.nextInt(3) == 0) {
                var call = new LineCall(id(), Optional.of(number()), Optional.empty());
                lineCalls.add(call.id());
                var did = both(
                        "calls in",
                        desk -> desk.ledger.transaction(page -> {
                            page.onTheLine(List.of(call), Duration.ofSeconds(12));
                            return call;
                        }));
                both("is on the line", desk -> desk.ledger.transaction(page -> page.onTheLine(callbacks)));
                return did;
            }
            var call = lineCalls.get(random.nextInt(lineCalls.size()));
            both("is about", desk -> desk.ledger.transaction(page -> page.askedForIn(call)));
            return both(
                    "hangs up",
                    desk -> desk.ledger.transaction(page -> {
                        page.offTheLine(call);
                        return call;
                    }));
        }

        private String talks() {
            if (lineCalls.isEmpty()) {
                return "nothing";
            }
            var call = lineCalls.getLast();
            var phone = phone(person());
            return both("talks", desk -> desk.talks.begun(call, phone));
        }

        private String says() {
            var person = person();
            var said = random.nextBoolean() ? Disposition.TALKED : Disposition.CALL_AGAIN;
            return both(
                    person + " says",
                    desk -> desk.talks
                            .unsaidBy(person)
                            .map(unsaid -> unsaid + " " + desk.talks.say(unsaid.callback(), said)));
        }

        /** Ann and Bob hand one phone around. */
        private static String phone(String id) {
            return "61755501%02d".formatted(List.of("ann", "eva", "sam", "bob").indexOf(id) % 3);
        }

        private String person() {
            return List.of("ann", "bob", "eva", "sam").get(random.nextInt(4));
        }

        private String picks() {
            var offer = id();
            var person = person();
            var from = PhoneNumber.of(random.nextBoolean() ? "6175550100" : "unknown");
            var did = both(person + " picks", desk -> desk.picks.pick(person, offer, from));
            if (did.endsWith(Picked.OFFERED.name())) {
                offers.add(offer);
            }
            return did;
        }

        private String asksFor() {
            if (callbacks.isEmpty()) {
                return "nothing";
            }
            var offer = id();
            var person = person();
            // Rather one of the last: the others are over.
            var callback = callbacks.get(callbacks.size() - 1 - random.nextInt(Math.min(4, callbacks.size())));
            var did = both(person + " wants", desk -> desk.requested.ask(callback, person, offer, Set.of()));
            if (did.contains("Rings[")) {
                offers.add(offer);
            }
            return did;
        }

        private String corrects() {
            var said = random.nextBoolean() ? Disposition.TALKED : Disposition.NO_ANSWER;
            var person = person();
            return both(person + " corrects", desk -> desk.correction.putRight(person, said));
        }

        /** A whole call: by chance alone it would hardly ever come to one. */
        private String calls() {
            if (offers.isEmpty()) {
                return "nothing";
            }
            var offer = offers.getLast();
            var outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
            return both("calls with " + offer + ", " + outcome, desk -> calls(desk, offer, outcome));
        }

        private static boolean calls(Desk desk, UUID offer, Outcome outcome) {
            desk.offers.answered(offer);
            var dialled = desk.offers.take(offer).isPresent() && desk.offers.dial(offer) instanceof MayDial.Yes;
            if (dialled) {
                desk.offers.settle(offer, outcome, Optional.empty());
            }
            return dialled;
        }

        private String onDuty(String id, Role role, boolean there) {
            var languages = id.equals("eva") ? List.of("en", "es") : List.of("en");
            var phone = phone(id);
            stores.staff.save(new Responder(id, id, phone, languages, role, there));
            var before = memory.staff().stream()
                    .filter(person -> person.id().equals(id))
                    .map(Person::lastCalledAt)
                    .findFirst();
            memory.put(new Person(
                    id, phone, role, Set.copyOf(languages), there, false, false, before.orElse(Instant.EPOCH)));
            return "on duty";
        }

        private List<Object> rings(Dispatcher.Dispatched step) {
            step.rings().stream()
                    .map(Ring::offer)
                    .filter(id -> !offers.contains(id))
                    .forEach(offers::add);
            return List.of(step.rings(), step.questions());
        }

        private Object settles(Desk desk, UUID offer) {
            var outcome = OUTCOMES.get(Math.floorMod(offer.hashCode(), OUTCOMES.size()));
            var said = outcome == Outcome.ANSWERED && offer.hashCode() % 3 == 0
                    ? Optional.of(Disposition.TALKED)
                    : Optional.<Disposition>empty();
            desk.offers.settle(offer, outcome, said);
            return outcome;
        }

        private Object leg(Desk desk, UUID offer) {
            switch (Math.floorMod(offer.hashCode() + now.hashCode(), 7)) {
                case 0 -> desk.offers.pass(offer, OfferEnd.DECLINED);
                case 1 -> desk.offers.pass(offer, OfferEnd.SEEN);
                case 2 -> desk.offers.rang(offer);
                case 3 -> desk.offers.callerAnswered(offer);
                case 4 -> desk.ledger.cut(offer, Duration.ofSeconds(10));
                case 5 -> desk.ledger.renew(NODE, List.of(offer), Duration.ofSeconds(60));
                default -> desk.ledger.cutAllBut(NODE, List.of(offer));
            }
            return desk.ledger.ringingForNothing(List.of(offer));
        }

        private static String withoutName(Offered offered) {
            return offered.toString().replaceFirst("spokenName=.*", "");
        }

        private String decides() {
            if (callbacks.isEmpty()) {
                return "nothing";
            }
            var callback = callbacks.get(random.nextInt(callbacks.size()));
            return random.nextInt(3) > 0
                    ? both("acknowledge", desk -> desk.decisions.acknowledge(callback))
                    : both("close", desk -> desk.decisions.close(callback, Disposition.TALKED, "a test"));
        }

        private interface OfferStep {
            Object with(Desk desk, UUID offer);
        }

        private String withOffer(String what, OfferStep step) {
            if (offers.isEmpty()) {
                return "nothing";
            }
            // Rather one of the last: the others are over.
            var offer = offers.get(offers.size() - 1 - random.nextInt(Math.min(4, offers.size())));
            return both(what + " " + offer, desk -> step.with(desk, offer));
        }

        private String both(String what, Function<Desk, Object> step) {
            var done = desks.stream().map(step).toList();
            assertEquals(done.get(0), done.get(1), "seed " + seed + ": " + what);
            return what + " -> " + done.get(0);
        }

        // ---- what stands in them ----

        private Map<String, String> inMemory() {
            var all = new TreeMap<String, String>();
            memory.all()
                    .forEach(callback -> put(
                            all,
                            callback,
                            memory.wakeAt(callback.facts().id()),
                            memory.isSought(callback.facts().id()),
                            memory.openDial(callback.facts().id())));
            memory.describeOffers().forEach(offer -> all.put(offer, ""));
            steps.forEach(step -> all.put(step, ""));
            return all;
        }

        private static Map<String, String> inPostgres() {
            var all = new TreeMap<String, String>();
            var rows = rows("SELECT id, wake_at, seeking,"
                            + " (SELECT offer_id FROM attempt WHERE callback_id = callback.id AND ended_at IS NULL) AS dial"
                            + " FROM callback")
                    .collect(Collectors.toMap(row -> row.getUUID("id"), row -> row));
            for (var view : stores.views().list(Which.ALL, Optional.empty(), 1_000)) {
                var row = Optional.ofNullable(rows.get(view.callback().facts().id()))
                        .orElseThrow();
                put(
                        all,
                        view.callback(),
                        Optional.ofNullable(row.getOffsetDateTime("wake_at")).map(time -> time.toInstant()),
                        row.getBoolean("seeking"),
                        Optional.ofNullable(row.getUUID("dial")));
            }
            rows("SELECT id, responder_id, lease_until, answered_at IS NOT NULL AS answered, outcome FROM offer")
                    .map(row -> MemoryLedger.describe(
                            row.getUUID("id"),
                            row.getString("responder_id"),
                            row.getOffsetDateTime("lease_until").toInstant(),
                            row.getBoolean("answered"),
                            row.getString("outcome")))
                    .forEach(text -> all.put(text, ""));
            rows("SELECT callback_id, kind, stood_at FROM step")
                    .map(row -> step(
                            row.getUUID("callback_id"),
                            row.getString("kind"),
                            row.getOffsetDateTime("stood_at").toInstant()))
                    .forEach(text -> all.put(text, ""));
            return all;
        }

        private static void put(
                Map<String, String> all,
                Callback callback,
                Optional<Instant> wake,
                boolean seeking,
                Optional<UUID> dial) {
            all.put(callback.facts().id().toString(), callback + " " + wake + " " + seeking + " " + dial);
        }

        private static String step(UUID callback, String kind, Instant stood) {
            return "step " + callback + " " + kind + " " + stood.atOffset(ZoneOffset.UTC);
        }

        // ---- around the ledger in memory ----

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public Instant steady() {
            return now;
        }

        @Override
        public void changed(@Nullable Callback before, Callback after) {
            states.add(after.state());
        }

        @Override
        public void fired(UUID callback, Fired step, boolean again) {
            steps.add(step(callback, step.kind().name().toLowerCase(Locale.ROOT), step.at()));
        }
    }
}
