package hotline.callback;

import java.time.Duration;

/**
 * Whether a promise can be kept, before it is made.
 *
 * <p>The model is the queue-length estimate of Ibrahim and Whitt ("Real-Time Delay Estimation Based on Delay History",
 * 2009; the M/M/s case of Whitt's "Predicting Queueing Delays", 1999): first come, first served, and talks whose rest is
 * as long as a whole one on average. While all {@code s} responders work, one of them is free again every {@code mean / s};
 * a caller who needs {@code k} of these moments waits {@code k * mean / s}. Talks that vary less than that
 * end sooner than it says when one person works, and a little later when several talks begin at one moment: it is wrong
 * by less than a mean talk either way.
 *
 * @param ahead call-backs that nobody has taken and that are called before this one
 * @param talks staff who are with a called-back caller now
 * @param responders responders on duty, with those who talk; where there is none, the supervisor who is called in at once
 *     counts as one
 */
public record Feasibility(int ahead, int talks, int responders) {

    /** How long a responder is taken up by one call-back: ringing, the talk, and what is said about it. (Our own figure.) */
    static final Duration MEAN_HANDLING = Duration.ofMinutes(12);

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    public Feasibility {
        if (ahead < 0 || talks < 0 || responders < 0) {
            throw new IllegalArgumentException("people and call-backs are counted from 0");
        }
    }

    /**
     * The time until this caller is dialled.
     *
     * @param promise one that is shorter than half an hour, as in a rehearsal, is taken to go with talks as much shorter
     */
    public Duration untilDialled(Duration promise) {
        var scaled = promise.multipliedBy(MEAN_HANDLING.toMinutes()).dividedBy(HALF_AN_HOUR.toMinutes());
        var handling = scaled.compareTo(MEAN_HANDLING) < 0 ? scaled : MEAN_HANDLING;
        var people = Math.max(1, responders);
        var moments = Math.max(0L, (long) ahead + talks - people + 1);
        return handling.multipliedBy(moments).dividedBy(people);
    }
}
