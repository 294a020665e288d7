package hotline.callback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hotline.callback.ledger.QueueStore.QueuedCallback;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** In what order the queue stands, and that what is closed costs it nothing. */
final class QueueStoreTest {

    private static final int A_LOT = 20_000;

    private static RunningDatabase stores;
    private static QueueStore queue;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
        queue = new QueueStore(stores.database);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @AfterEach
    void empties() {
        stores.empty();
    }

    private static List<UUID> ids(List<QueuedCallback> entries) {
        return entries.stream().map(entry -> entry.callback().facts().id()).toList();
    }

    @Test
    void what_is_kept_stands_after_all_that_is_not_and_a_page_goes_on_where_the_one_before_ended() {
        var kept = stores.asked("6175550141");
        stores.age(kept, Duration.ofMinutes(50));
        stores.database.run("UPDATE callback SET kept_at = requested_at, attempts = 1");
        var onTime = stores.asked("6175550142");
        var broken = stores.asked("6175550143");
        stores.age(broken, Duration.ofMinutes(40));
        var atRisk = stores.asked("6175550144");
        stores.age(atRisk, Duration.ofMinutes(25));
        var order = List.of(broken, atRisk, onTime, kept);
        var board = queue.board(Optional.empty(), 10);
        assertEquals(order, ids(board.entries()));
        assertEquals(List.of(4L, 3L, 1L), List.of(board.open(), board.toCall(), board.late()));
        for (var place = 0; place < 4; place++) {
            assertEquals(
                    order.subList(place + 1, 4),
                    ids(queue.board(Optional.of(order.get(place)), 10).entries()));
        }
        assertEquals(order, ids(queue.board(Optional.of(UUID.randomUUID()), 10).entries()));
    }

    @Test
    void ten_thousand_open_ones_are_found_without_reading_what_is_closed() {
        stores.onDuty("ann", "6175550101");
        for (var i = 0; i < 6; i++) {
            closed(A_LOT);
        }
        stores.database.run(
                "INSERT INTO callback (id, number_encrypted, number_fingerprint, language, message_ok, number_shown, confirmed,"
                        + " requested_at, due_at, state, round_begun, round_from, steps_until, together)"
                        + " SELECT gen_random_uuid(), '\\x00', sha256(n::text::bytea), 'en', false, false, true, at, at + interval '30 min',"
                        + " 'waiting', at, at, at, false FROM generate_series(1, 10000) n,"
                        + " LATERAL (SELECT now() - n * interval '0.2 s' AS at) times");
        stores.database.run(
                "INSERT INTO offer (id, callback_id, responder_id, node, called_in_as, offered_at, lease_until,"
                        + " ended_at, outcome) SELECT gen_random_uuid(), id, 'ann', 'n', 'responder', requested_at, requested_at,"
                        + " closed_at, 'taken' FROM callback WHERE state = 'closed' LIMIT 20000");
        stores.database.run("ANALYZE callback, offer");
        var board = queue.board(Optional.empty(), 50);
        assertEquals(50, board.entries().size());
        assertEquals(10_000, board.open());
        var last = board.entries().getLast().callback().facts();
        Object due = OffsetDateTime.parse(last.dueAt().toString());
        reads(QueueStore.QUEUE, false, due, last.id(), 50, false);
        reads(QueueStore.PLACE, last.id());
        reads(QueueStore.COUNTS);
        reads(QueueStore.IN_HAND, (Object) new UUID[] {last.id()});
        reads(QueueStore.PEOPLE);
    }

    /** Some more than the database takes in the time that it has for one statement would be too many. */
    private static void closed(int many) {
        stores.database.run(
                "INSERT INTO callback (id, language, message_ok, number_shown, confirmed, requested_at, due_at, state, kept_at,"
                        + " closed_at, disposition, reason) SELECT gen_random_uuid(), 'en', false, false, true, at,"
                        + " at + interval '30 min', 'closed', at, at + interval '9 min', 'talked', '' FROM generate_series(1, $1) n,"
                        + " LATERAL (SELECT now() - n * interval '2 min' AS at) times",
                many);
    }

    private static void reads(String sql, Object... values) {
        var plan = new StringBuilder();
        stores.database
                .run("EXPLAIN " + sql, values)
                .forEach(row -> plan.append(row.getString(0)).append('\n'));
        assertFalse(plan.toString().matches("(?s).*Seq Scan on (callback|offer).*"), plan::toString);
    }
}
