package hotline.callback.report;

import hotline.base.database.Database;
import java.time.ZoneId;

/** Adds up what the database notes of each change, so that reports read sums. Until then they read both: nothing is missing. */
public final class TallyStore {

    private static final int AT_ONCE = 5_000;

    private static final String ALONE = """
            SELECT pg_try_advisory_xact_lock(hashtext('hotline tally')) AS alone
            """;

    private static final String ADD_PROMISES = """
            WITH taken AS (
                DELETE FROM promise_change WHERE id IN (SELECT id FROM promise_change ORDER BY id LIMIT $2) RETURNING *),
            hours AS (
                INSERT INTO promise_hour AS h
                SELECT hour, language, sum(asked), sum(pending), sum(kept), sum(reached), sum(broken), sum(unreached),
                    sum(not_said), sum(consultations)
                FROM taken GROUP BY hour, language
                ON CONFLICT (hour, language) DO UPDATE SET asked = h.asked + excluded.asked,
                    pending = h.pending + excluded.pending, kept = h.kept + excluded.kept,
                    reached = h.reached + excluded.reached, broken = h.broken + excluded.broken,
                    unreached = h.unreached + excluded.unreached, not_said = h.not_said + excluded.not_said,
                    consultations = h.consultations + excluded.consultations),
            waits AS (
                INSERT INTO promise_wait AS w
                SELECT step, date_trunc(step, hour AT TIME ZONE $1)::date, kind, language, bucket, sum(asked)
                FROM taken CROSS JOIN LATERAL (VALUES ('first_try', first_try), ('speech', speech)) AS wait (kind, bucket)
                    CROSS JOIN (VALUES ('day'), ('month')) AS steps (step)
                WHERE bucket IS NOT NULL GROUP BY 1, 2, 3, 4, 5 HAVING sum(asked) <> 0
                ON CONFLICT (step, begins, kind, language, bucket) DO UPDATE SET calls = w.calls + excluded.calls)
            SELECT count(*) AS added FROM taken
            """;

    private static final String ADD_LOAD = """
            WITH taken AS (
                DELETE FROM responder_change WHERE id IN (SELECT id FROM responder_change ORDER BY id LIMIT $1) RETURNING *),
            hours AS (
                INSERT INTO responder_hour AS h
                SELECT hour, responder, sum(offers), sum(taken), sum(talked) FROM taken GROUP BY hour, responder
                ON CONFLICT (hour, responder) DO UPDATE SET offers = h.offers + excluded.offers,
                    taken = h.taken + excluded.taken, talked = h.talked + excluded.talked)
            SELECT count(*) AS added FROM taken
            """;

    private static final String RECOUNT = """
            SELECT recount_promises()
            """;

    private final Database database;
    private final ZoneId zone;

    /** @param zone whose days are counted */
    public TallyStore(Database database, ZoneId zone) {
        this.database = database;
        this.zone = zone;
    }

    /** Adds up to some thousand changes, unless another node does; whether there may be more. */
    public boolean add() {
        return database.transaction(tx -> {
            if (!tx.run(ALONE).iterator().next().getBoolean("alone")) {
                return false;
            }
            var promises =
                    tx.run(ADD_PROMISES, zone.getId(), AT_ONCE).iterator().next();
            var load = tx.run(ADD_LOAD, AT_ONCE).iterator().next();
            return promises.getLong("added") == AT_ONCE || load.getLong("added") == AT_ONCE;
        });
    }

    /** Counts everything anew from the rows, such as after another zone was set; also over a million rows from psql. */
    public void recount() {
        database.run(RECOUNT);
    }
}
