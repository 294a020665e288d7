package hotline.desk.policy;

import hotline.callback.RetryPlan;
import java.time.Duration;

/**
 * What the hotline was started with and keeps, for the page that shows it.
 *
 * @param ringFor how long a staff phone rings
 * @param retentionDays after so many a closed call-back's number and name are erased
 */
public record Policy(Duration promise, Duration ringFor, RetryPlan retries, int retentionDays) {}
