package hotline.base.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore.Head;
import hotline.base.database.TestDatabase;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit: added to by many, changed by nobody, and found out where a superuser changed it. */
final class AuditStoreTest {

    private static TestDatabase stores;
    private static AuditStore audit;

    @BeforeAll
    static void starts() {
        stores = new TestDatabase();
        audit = new AuditStore(stores.database);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void empty() {
        pastTheGuards("TRUNCATE audit");
    }

    /** As a superuser can. */
    private static void pastTheGuards(String sql, Object... values) {
        stores.database.run("ALTER TABLE audit DISABLE TRIGGER USER");
        stores.database.run(sql, values);
        stores.database.run("ALTER TABLE audit ENABLE TRIGGER USER");
    }

    private static void three() {
        audit.note("ada", "account_opened", "rosa", "responder");
        audit.note("rosa", "listened", "7", "señal: 12:34, “quoted”, 😀\nnext line");
        audit.note("", "signed_in", "", "");
    }

    @Test
    void what_was_written_is_whole() {
        assertEquals(new Head(0, ""), audit.head());
        assertTrue(audit.verify().whole());
        three();
        var verdict = audit.verify();
        assertTrue(verdict.whole(), verdict.toString());
        assertEquals(3, verdict.head().entries());
        assertEquals(audit.head(), verdict.head());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET reason = ''",
                "DELETE FROM audit",
                "TRUNCATE audit",
                "INSERT INTO audit (id, who, act, subject, hash) VALUES (1, 'a', 'b', 'c', '')"
            })
    void the_database_refuses_another_past(String sql) {
        three();
        assertThrows(PgException.class, () -> stores.database.run(sql));
        assertEquals(3, audit.verify().head().entries());
        assertTrue(audit.verify().whole());
    }

    /** Whoever inserts cannot choose the place, nor the hash. */
    @Test
    void an_entry_takes_the_next_place_whatever_is_asked_for() {
        three();
        stores.database.run("INSERT INTO audit (id, who, act, subject, hash) OVERRIDING SYSTEM VALUE"
                + " VALUES (1000000, 'a', 'b', 'c', '\\x00')");
        audit.note("ada", "account_ended", "rosa", "");
        assertTrue(audit.verify().whole());
        assertTrue(audit.verify().head().entries() == 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET reason = 'another' WHERE id = $1",
                "UPDATE audit SET at = at + interval '1 microsecond' WHERE id = $1",
                "UPDATE audit SET who = 'listened', act = 'rosa' WHERE id = $1",
                "UPDATE audit SET id = DEFAULT WHERE id = $1",
                "UPDATE audit SET hash = sha256('x') WHERE id = $1",
                "DELETE FROM audit WHERE id = $1"
            })
    void a_superusers_change_is_found_at_its_place(String sql) {
        three();
        var ids = new ArrayList<Long>();
        stores.database.run("SELECT id FROM audit ORDER BY id").forEach(row -> ids.add(row.getLong("id")));
        pastTheGuards(sql, ids.get(1));
        var verdict = audit.verify();
        var changed = sql.contains("SET reason") || sql.contains("at =") || sql.contains("who") || sql.contains("hash");
        assertEquals(Optional.of(ids.get(changed ? 1 : 2)), verdict.broken());
    }

    /** An end that is cut off is a shorter whole chain: only a head that was written down elsewhere tells. */
    @Test
    void an_end_that_is_cut_off_shows_by_its_head() {
        three();
        var head = audit.head();
        assertTrue(audit.holds(head.hash()));
        pastTheGuards("DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)");
        assertTrue(audit.verify().whole());
        assertNotEquals(head, audit.head());
        assertFalse(audit.holds(head.hash()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit_is_append_only", "audit_is_not_emptied", "audit_is_chained"})
    void a_guard_that_was_switched_off_is_told(String guard) {
        three();
        stores.database.run("ALTER TABLE audit DISABLE TRIGGER " + guard);
        assertFalse(audit.verify().whole());
        stores.database.run("ALTER TABLE audit ENABLE TRIGGER " + guard);
        assertTrue(audit.verify().whole());
    }

    @Test
    void fifty_writers_make_one_chain() throws ExecutionException, InterruptedException {
        var writers = 50;
        var each = 6;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Future<?>>();
            for (var i = 0; i < writers; i++) {
                var who = "writer " + i;
                work.add(threads.submit(() -> {
                    for (var n = 0; n < each; n++) {
                        write(who, n);
                    }
                }));
            }
            for (var one : work) {
                one.get();
            }
        }
        var verdict = audit.verify();
        assertTrue(verdict.whole(), verdict.toString());
        var kept = audit.latest();
        assertEquals(
                List.of(),
                kept.stream()
                        .filter(entry -> entry.reason().equals("rolled back"))
                        .toList());
        var places = new HashSet<String>();
        kept.forEach(entry -> assertTrue(places.add(entry.who() + entry.subject()), entry.toString()));
        assertEquals(writers * 5, places.size());
    }

    /** One in six is rolled back after it was written, which leaves a hole in the ids and none in the chain. */
    private static void write(String who, int n) {
        if (n != 2) {
            audit.note(who, "listened", Integer.toString(n), "");
            return;
        }
        assertThrows(
                IllegalStateException.class,
                () -> stores.database.transaction(tx -> {
                    AuditStore.note(tx, who, "listened", Integer.toString(n), "rolled back");
                    throw new IllegalStateException("rolled back");
                }));
    }

    @Test
    void more_entries_than_are_read_at_once_are_all_looked_at() {
        stores.database.run(
                "INSERT INTO audit (who, act, subject) SELECT 'ada', 'listened', n::text FROM generate_series(1, 4001) n");
        var verdict = audit.verify();
        assertTrue(verdict.whole(), verdict.toString());
        assertEquals(4_001, verdict.head().entries());
    }
}
