package hotline.callback.console;

import hotline.callback.Ladder;
import hotline.callback.RetryPlan;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the hotline was started with, for the page that shows it.
 *
 * @param ladder as it holds now
 * @param ringFor how long a staff phone rings
 * @param retentionDays after so many a closed call-back's number and name are erased
 */
public record Policy(
        Supplier<Ladder> ladder,
        Duration promise,
        Duration languageFirst,
        Duration ringFor,
        RetryPlan retries,
        int retentionDays) {}
