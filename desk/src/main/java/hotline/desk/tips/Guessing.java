package hotline.desk.tips;

import hotline.tips.GuessStore.Raised;
import hotline.tips.TipService;
import java.util.List;
import java.util.Optional;

/**
 * What guesses meet now.
 *
 * @param daysAHit within which somebody who always guesses finds a code; empty when there is none to find
 */
public record Guessing(TipService.Mode mode, Optional<Long> daysAHit, List<Raised> alarms) {

    private static final int SHOWN = 10;

    public List<Raised> latest() {
        return alarms.subList(0, Math.min(SHOWN, alarms.size()));
    }

    /** What is unfolded only. */
    public List<Raised> earlier() {
        return alarms.subList(latest().size(), alarms.size());
    }
}
