package hotline.desk.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.callback.ledger.RunningDatabase;
import hotline.desk.access.SignInStore.Result;
import hotline.desk.access.SignInStore.Result.In;
import hotline.desk.access.SignInStore.Result.Refused;
import hotline.desk.access.SignInStore.Result.TooManyTries;
import hotline.desk.access.SignInStore.Try;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in, on a real database whose clock stands until a test sets it. */
final class SignInStoreTest {

    private static final Instant NOON = Instant.parse("2026-11-24T17:00:00Z");
    private static final String PASSWORD = "four words are easy";
    private static final Passwords PASSWORDS = new Passwords(64, 1);

    private static RunningDatabase stores;
    private static AccountStore accounts;
    private static SessionStore sessions;
    private static AuditStore audit;

    private static final AtomicReference<Instant> NOW = new AtomicReference<>(NOON);

    /** Two nodes over one database. */
    private static SignInStore signIns;

    private static SignInStore otherNode;

    @BeforeAll
    static void starts() {
        stores = RunningDatabase.withClockSetByHand(NOON);
        accounts = new AccountStore(stores.database, stores.vault, PASSWORDS);
        sessions = new SessionStore(stores.database);
        audit = new AuditStore(stores.database);
        signIns = new SignInStore(stores.database, accounts, sessions, PASSWORDS, NOW::get);
        otherNode = new SignInStore(stores.database, accounts, sessions, PASSWORDS, NOW::get);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void rosa() {
        stores.database.run("TRUNCATE account, account_failure, held_back CASCADE");
        setClock(NOON);
        accounts.rehearse("rosa", Set.of(Scope.RESPONDER), PASSWORD);
    }

    private static void setClock(Instant at) {
        NOW.set(at);
        stores.setClock(at);
    }

    private static Try tried(String name, String password, String code, Optional<String> device) {
        return new Try(name, password, code, new Browser(device, Optional.empty(), "a browser"));
    }

    private static Result types(String name, String password) {
        return signIns.signIn(tried(name, password, "", Optional.empty()));
    }

    private static In in(String code, Optional<String> device) {
        return assertInstanceOf(In.class, signIns.signIn(tried("rosa", PASSWORD, code, device)));
    }

    private byte[] addsAnApp() {
        var secret = OneTimeCodes.newSecret();
        recovery = accounts.addSecondFactor(accounts.find("rosa").orElseThrow(), secret, 0, "");
        return secret;
    }

    private List<String> recovery = List.of();

    private static String code(byte[] secret) {
        return OneTimeCodes.code(secret, NOW.get().getEpochSecond() / 30);
    }

    // ---- who gets in ----

    @Test
    void only_a_name_and_its_own_password_sign_in() {
        accounts.rehearse("sam", Set.of(Scope.SUPERVISOR), "other words, other person");
        assertInstanceOf(In.class, types(" Rosa ", PASSWORD));
        for (var wrong : List.of("", " " + PASSWORD, "x".repeat(129), "other words, other person")) {
            assertInstanceOf(Refused.class, types("rosa", wrong));
        }
        for (var name : List.of("", "nobody", "ro", "rosa'--", "x".repeat(100), "\u0000")) {
            assertInstanceOf(Refused.class, types(name, PASSWORD), name);
        }
    }

    @Test
    void a_password_that_was_given_must_be_changed_and_is_good_for_three_days() {
        var given = accounts.save("ada", "new", Set.of(Scope.OFFICER), false).orElseThrow();
        setClock(NOON.plus(Duration.ofDays(3)).minusSeconds(1));
        var in = assertInstanceOf(In.class, types("new", given));
        assertTrue(in.of().account().first());
        setClock(NOON.plus(Duration.ofDays(3)).plusSeconds(1));
        assertInstanceOf(Refused.class, types("new", given));

        var again = accounts.save("ada", "new", Set.of(Scope.OFFICER), true).orElseThrow();
        assertThrows(IllegalArgumentException.class, () -> accounts.choosePassword("new", again, again));
        accounts.choosePassword("new", again, PASSWORD);
        setClock(NOW.get().plus(Duration.ofDays(30)));
        assertFalse(assertInstanceOf(In.class, types("new", PASSWORD))
                .of()
                .account()
                .first());
    }

    // ---- the second factor ----

    @Test
    void each_code_of_the_app_signs_in_once_on_any_node() {
        var secret = addsAnApp();
        assertInstanceOf(Refused.class, types("rosa", PASSWORD));
        assertInstanceOf(Refused.class, signIns.signIn(tried("rosa", "wrong", code(secret), Optional.empty())));
        in(code(secret), Optional.empty());
        assertInstanceOf(Refused.class, otherNode.signIn(tried("rosa", PASSWORD, code(secret), Optional.empty())));
        setClock(NOON.plusSeconds(30));
        in(code(secret), Optional.empty());
    }

    @Test
    void of_two_nodes_that_are_shown_one_code_at_once_one_takes_it() {
        var secret = addsAnApp();
        var both = atOnce(List.of(signIns, otherNode, signIns, otherNode), code(secret));
        assertEquals(1, both.stream().filter(In.class::isInstance).count(), both.toString());
    }

    @Test
    void each_recovery_code_signs_in_once_and_a_wrong_password_does_not_use_it_up() {
        addsAnApp();
        assertEquals(8, Set.copyOf(recovery).size());
        var first = recovery.getFirst();
        assertInstanceOf(Refused.class, signIns.signIn(tried("rosa", "wrong", first, Optional.empty())));
        in(first.toUpperCase(Locale.ROOT), Optional.empty());
        assertInstanceOf(Refused.class, signIns.signIn(tried("rosa", PASSWORD, first, Optional.empty())));
        var second = recovery.get(1);
        var both = atOnce(List.of(signIns, otherNode, signIns, otherNode), second);
        assertEquals(1, both.stream().filter(In.class::isInstance).count(), both.toString());
        assertEquals(
                6,
                stores.database
                        .run("SELECT count(*) AS n FROM recovery_code")
                        .iterator()
                        .next()
                        .getLong("n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%1$s%2$s%3$s", "%1$s %2$s %3$s", "%1$S-%2$S-%3$S", " %1$S%2$s – %3$s "})
    void a_recovery_code_signs_in_once_however_it_is_typed(String writing) {
        addsAnApp();
        var typed = writing.formatted((Object[]) recovery.getFirst().split("-"));
        in(typed, Optional.empty());
        assertInstanceOf(Refused.class, signIns.signIn(tried("rosa", PASSWORD, typed, Optional.empty())));
        assertInstanceOf(Refused.class, signIns.signIn(tried("rosa", PASSWORD, recovery.getFirst(), Optional.empty())));
    }

    @Test
    void a_code_of_the_app_signs_in_with_the_space_that_apps_show() {
        var secret = addsAnApp();
        var shown = code(secret).substring(0, 3) + "\u00a0" + code(secret).substring(3);
        in(shown, Optional.empty());
        assertInstanceOf(Refused.class, signIns.signIn(tried("rosa", PASSWORD, code(secret), Optional.empty())));
    }

    @Test
    void a_first_password_is_typed_like_a_recovery_code_and_a_chosen_one_as_it_is() {
        var given = accounts.save("ada", "new", Set.of(Scope.OFFICER), false).orElseThrow();
        var typed = given.replace("-", " ").toUpperCase(Locale.ROOT);
        assertInstanceOf(In.class, types("new", typed));
        accounts.choosePassword("new", typed, "k7dm-3q2v-p9xa");
        assertInstanceOf(Refused.class, types("new", "K7DM3Q2VP9XA"));
        assertInstanceOf(In.class, types("new", "k7dm-3q2v-p9xa"));
    }

    @Test
    void another_app_takes_the_place_of_the_one_before_and_of_its_recovery_codes() {
        var before = addsAnApp();
        var old = recovery.getFirst();
        var secret = addsAnApp();
        assertInstanceOf(Refused.class, signIns.signIn(tried("rosa", PASSWORD, code(before), Optional.empty())));
        assertInstanceOf(Refused.class, signIns.signIn(tried("rosa", PASSWORD, old, Optional.empty())));
        in(code(secret), Optional.empty());
        assertTrue(accounts.removeSecondFactor("ada", "rosa"));
        assertFalse(in("", Optional.empty()).of().account().secondFactor());
        assertFalse(accounts.removeSecondFactor("ada", "nobody"));
    }

    private static List<Result> atOnce(List<SignInStore> nodes, String code) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = nodes.stream()
                    .map(signInStore ->
                            threads.submit(() -> signInStore.signIn(tried("rosa", PASSWORD, code, Optional.empty()))))
                    .toList();
            var results = new ArrayList<Result>();
            for (Future<Result> one : tries) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    // ---- guessing ----

    @Test
    void a_stranger_who_guesses_is_held_back_and_stops_nobody_but_strangers() {
        addsAnApp();
        var noted = heldBack("rosa");
        var device = in(recovery.get(0), Optional.empty()).device();
        for (var i = 0; i < 5; i++) {
            assertInstanceOf(Refused.class, types("rosa", "wrong " + i));
        }
        for (var i = 0; i < 1_000; i++) {
            assertInstanceOf(TooManyTries.class, otherNode.signIn(tried("ROSA", "wrong", "", Optional.empty())));
        }
        assertInstanceOf(TooManyTries.class, types("rosa", PASSWORD));
        in(recovery.get(1), Optional.of(device));
        in(recovery.get(2), Optional.empty());
        accounts.rehearse("sam", Set.of(Scope.SUPERVISOR), PASSWORD);
        assertInstanceOf(In.class, types("sam", PASSWORD));

        assertEquals(noted + 1, heldBack("rosa"), "noted once a quarter of an hour, not at each try");
        setClock(NOON.plus(Duration.ofMinutes(15)).plusSeconds(1));
        assertInstanceOf(Refused.class, types("rosa", PASSWORD), "without a code");
        accounts.removeSecondFactor("ada", "rosa");
        assertInstanceOf(In.class, types("rosa", PASSWORD));
    }

    private static long heldBack(String subject) {
        return audit.latest().stream()
                .filter(entry -> entry.act().equals("sign_in_held_back")
                        && entry.subject().equals(subject))
                .count();
    }

    @Test
    void many_tries_at_one_moment_get_no_more_answers_than_one_after_the_other() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tries = new ArrayList<Future<Result>>();
            for (var i = 0; i < 40; i++) {
                var wrong = "wrong " + i;
                tries.add(threads.submit(() -> types("rosa", wrong)));
            }
            var answers = 0;
            for (var one : tries) {
                answers += one.get() instanceof Refused ? 1 : 0;
            }
            assertTrue(answers <= 5, answers + " answers");
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_known_browser_and_a_recovery_code_are_good_for_five_wrong_passwords_too() {
        addsAnApp();
        var device = Optional.of(in(recovery.get(0), Optional.empty()).device());
        for (var i = 0; i < 5; i++) {
            assertInstanceOf(Refused.class, signIns.signIn(tried("rosa", "wrong", "000000", device)));
            assertInstanceOf(Refused.class, signIns.signIn(tried("rosa", "wrong", recovery.get(1), Optional.empty())));
        }
        assertInstanceOf(TooManyTries.class, signIns.signIn(tried("rosa", PASSWORD, "000000", device)));
        assertInstanceOf(
                TooManyTries.class, signIns.signIn(tried("rosa", PASSWORD, recovery.get(1), Optional.empty())));
    }

    @Test
    void a_name_that_is_nobodys_is_answered_and_held_back_as_any_other_and_is_not_written_down() {
        var typed = "my secret, typed into the wrong field";
        for (var i = 0; i < 5; i++) {
            assertInstanceOf(Refused.class, types(typed, "wrong"));
        }
        for (var i = 0; i < 20; i++) {
            assertInstanceOf(TooManyTries.class, types(typed, "wrong"));
        }
        assertEquals(1, heldBack("a name that is nobody's"));
        assertTrue(audit.latest().stream().noneMatch(entry -> entry.subject().contains("secret")));
    }

    /** The quickest of five, since a busy machine only ever adds; without the work it would be a tenth. */
    @Test
    void a_name_that_is_nobodys_takes_as_long_as_a_wrong_password() {
        var costly = new Passwords();
        var store = new AccountStore(stores.database, stores.vault, costly);
        store.rehearse("lee", Set.of(Scope.OFFICER), PASSWORD);
        var atCost = new SignInStore(stores.database, store, sessions, costly, NOW::get);
        var known = Long.MAX_VALUE;
        var unknown = Long.MAX_VALUE;
        for (var i = 0; i < 5; i++) {
            known = Math.min(known, nanos(atCost, "lee"));
            unknown = Math.min(unknown, nanos(atCost, "nobody"));
        }
        var ratio = (double) known / unknown;
        assertTrue(ratio > 0.25 && ratio < 4, known + " ns and " + unknown + " ns");
    }

    private static long nanos(SignInStore store, String name) {
        var begun = System.nanoTime();
        assertInstanceOf(Refused.class, store.signIn(tried(name, "wrong", "", Optional.empty())));
        return System.nanoTime() - begun;
    }

    @Test
    void whoever_sits_at_an_open_browser_does_not_guess_the_password_either() {
        for (var i = 0; i < 5; i++) {
            assertThrows(IllegalArgumentException.class, () -> accounts.confirm("rosa", "wrong"));
        }
        var refused = assertThrows(IllegalArgumentException.class, () -> accounts.confirm("rosa", PASSWORD));
        assertTrue(String.valueOf(refused.getMessage()).contains("too often"), refused.getMessage());
        assertInstanceOf(In.class, types("rosa", PASSWORD));
    }

    // ---- browsers ----

    @Test
    void what_a_browser_shows_is_never_adopted_and_good_for_one_sign_in() {
        var device = in("", Optional.of("set-by-an-attacker")).device();
        assertNotEquals("set-by-an-attacker", device);
        assertFalse(signIns.isAtHome("rosa", Optional.of("set-by-an-attacker")));
        assertTrue(signIns.isAtHome("rosa", Optional.of(device)));
        var next = in("", Optional.of(device)).device();
        assertFalse(signIns.isAtHome("rosa", Optional.of(device)), "what somebody has copied is of no use for long");
        assertTrue(signIns.isAtHome("rosa", Optional.of(next)));
        assertFalse(signIns.isAtHome("sam", Optional.of(next)));
    }

    @Test
    void a_desk_that_several_people_use_knows_all_of_them() {
        accounts.rehearse("sam", Set.of(Scope.SUPERVISOR), PASSWORD);
        var rosas = in("", Optional.empty()).device();
        var sams = assertInstanceOf(In.class, signIns.signIn(tried("sam", PASSWORD, "", Optional.of(rosas))));
        assertTrue(signIns.isAtHome("rosa", Optional.of(sams.device())));
        assertTrue(signIns.isAtHome("sam", Optional.of(sams.device())));
        setClock(NOON.plus(Duration.ofDays(91)));
        assertFalse(signIns.isAtHome("sam", Optional.of(sams.device())));
    }
}
