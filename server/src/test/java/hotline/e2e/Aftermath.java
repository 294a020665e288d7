package hotline.e2e;

import hotline.base.database.Database;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What a storm left in the rows. A count is -1 while the database does not say. */
record Aftermath(Database database) {

    long count(String sql, Object... values) {
        try {
            return database.run(sql, values).iterator().next().getLong("n");
        } catch (RuntimeException e) {
            return -1;
        }
    }

    long doubleDials() {
        return count("""
                SELECT count(*) AS n FROM attempt one JOIN attempt other ON one.callback_id = other.callback_id
                    AND one.id < other.id AND other.dialled_at < one.ended_at
                """);
    }

    long closed() {
        return count("SELECT count(*) AS n FROM callback WHERE state = 'closed'");
    }

    long open() {
        return count("SELECT count(*) AS n FROM callback WHERE state <> 'closed'");
    }

    /** Whoever was not asked about by a supervisor first was called for by the first step. */
    long missedSteps() {
        return count("""
                SELECT count(*) AS n FROM callback WHERE NOT EXISTS
                    (SELECT 1 FROM step WHERE callback_id = callback.id AND kind = 'first')
                """);
    }

    /** In its first round each step stands once, but for those that are to be repeated. */
    long repeatedSteps() {
        return count("""
                SELECT count(*) AS n FROM (SELECT 1 FROM step JOIN callback ON callback.id = callback_id
                    WHERE kind IN ('first', 'next', 'all', 'broken') AND stood_at < due_at
                    GROUP BY callback_id, kind HAVING count(*) > 1) AS again
                """);
    }

    long changedDueTimes(Map<UUID, OffsetDateTime> firstSeen) {
        return firstSeen.entrySet().stream()
                .filter(entry -> count(
                                "SELECT count(*) AS n FROM callback WHERE id = $1 AND due_at = $2",
                                entry.getKey(),
                                entry.getValue())
                        != 1)
                .count();
    }

    /** Neither kept nor recorded as broken, though its time has passed or it is closed. */
    long silentlyBroken() {
        return count("""
                SELECT count(*) AS n FROM callback
                WHERE kept_at IS NULL AND broken_at IS NULL AND due_at < clock_timestamp()
                """);
    }

    /** Prints the table of the docs. */
    void tell(Map<String, Integer> happened, int heardPromise, Map<UUID, OffsetDateTime> firstSeen, Duration time) {
        System.out.println("| | |\n|---|---:|");
        new TreeMap<>(happened).forEach(Aftermath::line);
        line("promises heard", heardPromise);
        line("rows", count("SELECT count(*) AS n FROM callback"));
        line("closed", closed());
        line("kept in time", count("SELECT count(*) AS n FROM callback WHERE kept_at IS NOT NULL"));
        line("broken, recorded", count("SELECT count(*) AS n FROM callback WHERE broken_at IS NOT NULL"));
        line("reached", count("SELECT count(*) AS n FROM callback WHERE reached_at IS NOT NULL"));
        line("dials", count("SELECT count(*) AS n FROM attempt"));
        line("dials of one caller that overlapped", doubleDials());
        line("steps fired", count("SELECT count(*) AS n FROM step"));
        line("steps missed", missedSteps());
        line("steps repeated", repeatedSteps());
        line("due times changed", changedDueTimes(firstSeen));
        line("seconds", time.toSeconds());
    }

    private static void line(String what, long count) {
        System.out.println("| " + what + " | " + count + " |");
    }
}
