package hotline.desk.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.callback.ledger.RunningDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a session lasts, and what ends it. */
final class SessionStoreTest {

    private static final Instant NOON = Instant.parse("2026-11-24T17:00:00Z");
    private static final String PASSWORD = "four words are easy";

    private static RunningDatabase stores;
    private static AccountStore accounts;
    private static SessionStore sessions;

    @BeforeAll
    static void starts() {
        stores = RunningDatabase.withClockSetByHand(NOON);
        accounts = new AccountStore(stores.database, stores.vault, new Passwords(64, 1));
        sessions = new SessionStore(stores.database);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void rosa() {
        stores.database.run("TRUNCATE account CASCADE");
        stores.setClock(NOON);
        accounts.rehearse("rosa", Set.of(Scope.RESPONDER), PASSWORD);
    }

    private static boolean lasts(String shown) {
        return sessions.find(shown).isPresent();
    }

    @Test
    void a_session_that_is_used_ends_after_twelve_hours() {
        var shown = sessions.begin("rosa", Optional.empty());
        for (var minutes = 0; minutes < 12 * 60; minutes += 60) {
            stores.setClock(NOON.plus(Duration.ofMinutes(minutes)));
            assertTrue(lasts(shown), minutes + " minutes");
        }
        stores.setClock(NOON.plus(Duration.ofHours(12)).plusSeconds(1));
        assertFalse(lasts(shown));
    }

    @Test
    void a_session_that_is_not_used_ends_after_two_hours_for_good() {
        var shown = sessions.begin("rosa", Optional.empty());
        stores.setClock(NOON.plus(Duration.ofHours(2)).plusSeconds(1));
        assertFalse(lasts(shown));
        assertFalse(lasts(shown), "asking does not wake it up");
    }

    @Test
    void signing_in_again_gives_another_session_and_ends_the_one_before() {
        var before = sessions.begin("rosa", Optional.empty());
        var after = sessions.begin("rosa", Optional.of(before));
        assertNotEquals(before, after);
        assertFalse(lasts(before));
        assertNotEquals(
                sessions.find(after).orElseThrow().csrf(),
                sessions.find(sessions.begin("rosa", Optional.empty()))
                        .orElseThrow()
                        .csrf());
    }

    @Test
    void a_word_that_an_attacker_put_into_a_browser_is_no_session_and_becomes_none() {
        var planted = "0".repeat(64);
        assertFalse(lasts(planted));
        sessions.begin("rosa", Optional.of(planted));
        assertFalse(lasts(planted));
    }

    @Test
    void signing_out_ends_one_session_and_another_password_all() {
        var desk = sessions.begin("rosa", Optional.empty());
        var home = sessions.begin("rosa", Optional.empty());
        sessions.end(desk);
        assertFalse(lasts(desk));
        assertTrue(lasts(home));
        accounts.choosePassword("rosa", PASSWORD, "other words of mine");
        assertFalse(lasts(home));
    }

    @Test
    void another_role_another_app_and_the_accounts_end_end_them_too() {
        var shown = sessions.begin("rosa", Optional.empty());
        accounts.save("ada", "rosa", Set.of(Scope.OFFICER), false);
        assertFalse(lasts(shown));

        var desk = sessions.begin("rosa", Optional.empty());
        var home = sessions.begin("rosa", Optional.empty());
        accounts.addSecondFactor(accounts.find("rosa").orElseThrow(), OneTimeCodes.newSecret(), 0, desk);
        assertTrue(lasts(desk), "where the app was added");
        assertFalse(lasts(home));

        assertTrue(accounts.remove("ada", "rosa"));
        assertFalse(lasts(desk));
    }

    @Test
    void a_person_sees_where_they_are_signed_in_now_and_nobody_elses() {
        accounts.rehearse("sam", Set.of(Scope.SUPERVISOR), PASSWORD);
        sessions.begin("sam", Optional.empty());
        sessions.begin("rosa", Optional.empty(), "Safari on an iPad");
        stores.setClock(NOON.plus(Duration.ofHours(1)));
        var phone = sessions.begin("rosa", Optional.empty(), "Firefox on Android");
        stores.setClock(NOON.plus(Duration.ofMinutes(90)));
        assertTrue(lasts(phone));
        var desk = sessions.begin("rosa", Optional.empty());
        var own = sessions.of("rosa", desk);
        assertEquals(
                List.of("a browser", "Firefox on Android", "Safari on an iPad"),
                own.stream().map(SessionStore.Own::browser).toList());
        assertEquals(
                List.of(true, false, false),
                own.stream().map(SessionStore.Own::here).toList());
        assertEquals(NOON.plus(Duration.ofHours(1)), own.get(1).begunAt());
        assertEquals(NOON.plus(Duration.ofMinutes(90)), own.get(1).seenAt());
        stores.setClock(NOON.plus(Duration.ofHours(2)).plusSeconds(1));
        assertEquals(2, sessions.of("rosa", desk).size(), "what has ended by itself is not listed");
    }

    @Test
    void a_person_ends_one_session_of_theirs_or_all_others_and_never_anybody_elses() {
        accounts.rehearse("sam", Set.of(Scope.SUPERVISOR), PASSWORD);
        var sams = sessions.begin("sam", Optional.empty());
        var home = sessions.begin("rosa", Optional.empty(), "Firefox on Android");
        var third = sessions.begin("rosa", Optional.empty());
        var desk = sessions.begin("rosa", Optional.empty());
        assertFalse(sessions.endOne("rosa", sessions.of("sam", "").getFirst().id()));
        assertTrue(lasts(sams));
        var id = sessions.of("rosa", home).getFirst().id();
        assertTrue(sessions.endOne("rosa", id));
        assertFalse(sessions.endOne("rosa", id), "it is ended once");
        assertFalse(lasts(home));
        assertTrue(lasts(third));
        sessions.endOthers("rosa", desk);
        assertFalse(lasts(third));
        assertTrue(lasts(desk));
        sessions.endAll("ada", "rosa");
        assertFalse(lasts(desk));
        assertTrue(lasts(sams));
        assertEquals(
                List.of(
                        "ada sessions_ended rosa",
                        "rosa other_sessions_ended rosa",
                        "rosa session_ended rosa Firefox on Android"),
                new AuditStore(stores.database)
                        .latest().stream()
                                .limit(3)
                                .map(entry -> String.join(
                                                " ", entry.who(), entry.act(), entry.subject(), entry.reason())
                                        .strip())
                                .toList());
    }

    @Test
    void the_database_keeps_nothing_that_could_be_shown() {
        var shown = sessions.begin("rosa", Optional.empty());
        var row = stores.database
                .run("SELECT session::text AS row FROM session")
                .iterator()
                .next();
        assertFalse(row.getString("row").contains(shown));
        assertEquals(64, shown.length(), "256 random bits in hexadecimal");
    }
}
