package hotline.callback.report;

import java.util.OptionalDouble;

/**
 * Counts of promises, the cancelled and the unreached included.
 *
 * @param pending of the asked: still open, neither kept nor broken
 * @param kept a live person was on the line, and the caller's phone rang in time
 * @param reached they talked
 * @param unreached closed, and nobody talked with the caller
 * @param notSaid somebody answered, and nobody has said whether it was the caller
 * @param consultations asked for by organizations: not among the asked, nor in any other count
 */
public record Figures(
        long asked,
        long pending,
        long kept,
        long reached,
        long broken,
        long unreached,
        long notSaid,
        long consultations) {

    public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0);

    public Figures and(Figures more) {
        return new Figures(
                asked + more.asked,
                pending + more.pending,
                kept + more.kept,
                reached + more.reached,
                broken + more.broken,
                unreached + more.unreached,
                notSaid + more.notSaid,
                consultations + more.consultations);
    }

    /** The promises that can be judged: all but those that may still be kept. Both clocks count over these. */
    public long decided() {
        return asked - pending;
    }

    /** From 0 to 1; empty before there is anything to judge. */
    public OptionalDouble keptShare() {
        return share(kept);
    }

    public OptionalDouble reachedShare() {
        return share(reached);
    }

    private OptionalDouble share(long part) {
        return decided() > 0 ? OptionalDouble.of((double) part / decided()) : OptionalDouble.empty();
    }
}
