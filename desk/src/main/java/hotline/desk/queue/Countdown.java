package hotline.desk.queue;

import hotline.callback.Callback;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Open;
import hotline.callback.Callback.Untaken;
import hotline.callback.Ladder;
import hotline.callback.Standing;
import hotline.desk.http.Api;
import java.time.Duration;
import java.time.Instant;

/**
 * How long there is to keep a promise, in words; {@code queue.js} goes on with the same words.
 *
 * @param standing a word for what it looks like
 * @param words such as {@code 4 min left, at risk}
 * @param due until when the words count down
 * @param risk from when on they say so
 * @param runs whether they change with the time
 */
public record Countdown(String standing, String words, Instant due, Instant risk, boolean runs) {

    static Countdown of(Callback callback, Ladder ladder, Instant now) {
        var facts = callback.facts();
        var due = facts.dueAt();
        var promise = Duration.between(facts.requestedAt(), due);
        var risk = facts.requestedAt().plus(ladder.atRiskAfter(promise));
        var standing = callback.standing(ladder, now);
        if (!(callback instanceof Open)) {
            return new Countdown("closed", "Closed", due, risk, false);
        } else if (callback instanceof Dialling) {
            var words = standing == Standing.BROKEN ? "Being called, promise broken" : "Being called";
            return new Countdown(standing == Standing.BROKEN ? "broken" : "calling", words, due, risk, false);
        } else if (standing == Standing.KEPT) {
            return again(callback, now, risk);
        }
        return new Countdown(Api.word(standing), words(due, risk, now), due, risk, true);
    }

    private static Countdown again(Callback callback, Instant now, Instant risk) {
        var next = callback instanceof Untaken untaken ? untaken.round().from() : now;
        var words = next.isAfter(now) ? "Next try in " + length(Duration.between(now, next)) : "Try again now";
        return new Countdown("kept", words, next, risk, true);
    }

    static String words(Instant due, Instant risk, Instant now) {
        if (now.isAfter(due)) {
            return length(Duration.between(due, now)) + " late, promise broken";
        }
        var left = length(Duration.between(now, due)) + " left";
        return now.isBefore(risk) ? left : left + ", at risk";
    }

    /** {@code 45 s}, {@code 12 min}, {@code 2 h 5 min}. */
    static String length(Duration length) {
        var minutes = length.toMinutes();
        if (minutes < 1) {
            return length.toSeconds() + " s";
        } else if (minutes < 60) {
            return minutes + " min";
        }
        return minutes / 60 + " h " + minutes % 60 + " min";
    }
}
