package hotline.desk.policy;

import hotline.callback.RetryPlan;
import java.time.Duration;

/**
 * What the hotline was started with and keeps, for the page that shows it.
 *
 * @param ringFor how long a staff phone rings
 * @param retentionDays after so many a closed call-back's number and name are erased
 * @param historyDays after so many a closed call-back is deleted with its history
 */
public record Policy(Duration promise, Duration ringFor, RetryPlan retries, int retentionDays, int historyDays) {}
