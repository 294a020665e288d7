package hotline.desk.wall;

import hotline.callback.Callback;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Facts;
import hotline.desk.http.Words;
import hotline.desk.wall.TimeLine.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A small picture of the promised time, from the request to the due time, and what happened in it. What came later stands in
 * a strip behind.
 *
 * @param words the same, for those who do not see it
 */
public record TimePicture(List<Mark> marks, int atRiskFrom, int now, String words) {

    /** How far the promised time reaches, of {@link #WIDTH}. */
    public static final int DUE = 900;

    public static final int WIDTH = 1_000;

    /** @param x from the left */
    public record Mark(int x, String kind) {}

    static TimePicture of(Callback callback, List<Told> past, Instant now, Duration atRiskAfter) {
        var facts = callback.facts();
        var marks = past.stream()
                .filter(told -> !told.mark().equals("other"))
                .map(told -> new Mark(x(facts, told.at()), told.mark()))
                .distinct()
                .toList();
        var end = callback instanceof Closed closed ? closed.closing().at() : now;
        return new TimePicture(
                marks, x(facts, facts.requestedAt().plus(atRiskAfter)), x(facts, end), words(callback, past));
    }

    private static int x(Facts facts, Instant at) {
        var promised = Duration.between(facts.requestedAt(), facts.dueAt()).toMillis();
        var passed = Math.max(0, Duration.between(facts.requestedAt(), at).toMillis());
        if (passed <= promised) {
            return (int) (passed * DUE / promised);
        }
        // The later, the denser: a day later is still in the picture.
        var late = (double) (passed - promised) / promised;
        return DUE + (int) ((WIDTH - DUE - 10) * late / (late + 1));
    }

    private static String words(Callback callback, List<Told> past) {
        var facts = callback.facts();
        var rings = count(past, "offered");
        var tries = count(past, "dialled");
        var first = past.stream()
                .filter(told -> told.mark().equals("dialled"))
                .findFirst()
                .map(told -> ", the first " + Words.between(facts.requestedAt(), told.at()) + " after the request")
                .orElse("");
        return "Promised within %s. Staff phones called: %d. Tries: %d%s."
                .formatted(Words.between(facts.requestedAt(), facts.dueAt()), rings, tries, first);
    }

    private static long count(List<Told> past, String mark) {
        return past.stream().filter(told -> told.mark().equals(mark)).count();
    }
}
