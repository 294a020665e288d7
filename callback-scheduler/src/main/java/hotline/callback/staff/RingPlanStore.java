package hotline.callback.staff;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.callback.Ladder;
import hotline.callback.Ledger;
import hotline.callback.RingPlan;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Whom a call-back rings, as it is set at the desk for all nodes; every change stays. */
public final class RingPlanStore {

    private static final String CHANGES = """
            SELECT * FROM ring_plan ORDER BY number DESC LIMIT $1
            """;

    /** Two who change it at once: the later one has to have seen what the other did. */
    private static final String ONE_AT_A_TIME = """
            LOCK TABLE ring_plan IN EXCLUSIVE MODE
            """;

    private static final String CHANGE = """
            INSERT INTO ring_plan (ladder, language_first_secs, who, reason) VALUES ($1, $2, $3, $4)
            """;

    private static final String GONE_BY = """
            SELECT 1 FROM ring_plan_of_node WHERE node = $1 AND ladder = $2 AND language_first_secs = $3
            """;

    private static final String GO_BY = """
            INSERT INTO ring_plan_of_node VALUES ($1, $2, $3)
            ON CONFLICT (node) DO UPDATE SET ladder = excluded.ladder, language_first_secs = excluded.language_first_secs
            """;

    private final Database database;
    private final Ledger ledger;

    /** @param ledger has its call-backs looked at by a new plan */
    public RingPlanStore(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    /**
     * What somebody set.
     *
     * @param number goes up with each change
     * @param plan empty where each node goes by what it was started with
     */
    public record Change(long number, Optional<RingPlan> plan, String who, Instant at, String reason) {}

    /** Somebody else changed it in between. */
    public static final class Overtaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Overtaken() {
            super("somebody changed it meanwhile");
        }
    }

    /**
     * The last changes, newest first.
     *
     * @throws IllegalArgumentException when one cannot be read, as a newer version may have written it
     */
    public List<Change> changes(int atMost) {
        return StreamSupport.stream(database.run(CHANGES, atMost).spliterator(), false)
                .map(RingPlanStore::change)
                .toList();
    }

    /**
     * @param seen the number of the change that was the last when this one was thought of; 0: there was none
     * @param plan empty to go by what each node was started with
     * @param words what held before, and what holds now
     */
    public void change(long seen, Optional<RingPlan> plan, String who, String reason, String words) {
        database.transaction(tx -> {
            tx.run(ONE_AT_A_TIME);
            for (var last : tx.run(CHANGES, 1)) {
                if (last.getLong("number") != seen) {
                    throw new Overtaken();
                }
            }
            tx.run(
                    CHANGE,
                    plan.map(found -> found.ladder().toString()).orElse(null),
                    plan.map(RingPlanStore::seconds).orElse(null),
                    who,
                    reason);
            AuditStore.note(tx, who, "ladder_changed", "all nodes", reason + ": " + words);
            return true;
        });
    }

    /** Has every call-back that waits looked at now by the plan of this node, if it went by another one before. */
    void goBy(String node, RingPlan plan) {
        var ladder = plan.ladder().toString();
        if (database.run(GONE_BY, node, ladder, seconds(plan)).size() == 0) {
            ledger.wakeAll();
            database.run(GO_BY, node, ladder, seconds(plan));
        }
    }

    private static int seconds(RingPlan plan) {
        return (int) plan.languageFirst().toSeconds();
    }

    private static Change change(Row row) {
        var plan = Optional.ofNullable(row.getString("ladder"))
                .map(text ->
                        new RingPlan(Ladder.parse(text), Duration.ofSeconds(row.getInteger("language_first_secs"))));
        return new Change(
                row.getLong("number"),
                plan,
                row.getString("who"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("reason"));
    }
}
