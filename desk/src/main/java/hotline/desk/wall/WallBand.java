package hotline.desk.wall;

import hotline.callback.ledger.WallStore.Now;
import hotline.desk.http.Words;
import java.time.Duration;
import java.time.Instant;

/**
 * What the wall says first, and is read from three metres: whether any promise is in danger.
 *
 * @param kind which of the states it is, as the style sheet names it
 * @param shape says the same to whoever sees no colours
 * @param more in smaller type
 */
public record WallBand(String kind, String shape, String words, String more) {

    static WallBand of(Now now) {
        if (now.broken() > 0) {
            return new WallBand("broken", "■", now.broken() + " broken", besideBroken(now));
        } else if (now.atRisk() > 0) {
            return new WallBand("at-risk", "▲", now.atRisk() + " at risk: next due " + nextDue(now), open(now));
        } else if (now.needsDecision() > 0) {
            return new WallBand("decision", "◆", decisions(now.needsDecision()), "All promises on time. " + open(now));
        }
        return new WallBand(
                "on-time",
                "●",
                "All promises on time",
                now.open() == 0
                        ? "Nobody is waiting for a call."
                        : open(now) + (now.nextDue().isPresent() ? " Next due " + nextDue(now) + "." : ""));
    }

    private static String besideBroken(Now now) {
        var risk = now.atRisk() == 0 ? "" : now.atRisk() + " more at risk, next due " + nextDue(now) + ". ";
        return "Call these people first. " + risk + open(now);
    }

    private static String decisions(long count) {
        return count == 1 ? "1 needs a decision" : count + " need a decision";
    }

    private static String open(Now now) {
        return now.open() + " open.";
    }

    private static String nextDue(Now now) {
        return now.nextDue().map(time -> in(now.at(), time)).orElse("now");
    }

    private static String in(Instant now, Instant due) {
        return Duration.between(now, due).toMinutes() < 1 ? "in under 1 min" : "in " + Words.coarse(now, due);
    }
}
