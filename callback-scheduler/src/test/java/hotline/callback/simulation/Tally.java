package hotline.callback.simulation;

import hotline.callback.Callback.Closed;
import java.util.Map;
import java.util.TreeMap;

/** What happened in a run: a simulation in which nothing happens shows nothing. */
final class Tally {

    long promises;
    long faults;
    long steps;
    long needsDecision;
    long kept;
    long broken;
    long reached;
    long replans;
    private final Map<String, Long> notes = new TreeMap<>();

    void closed(Closed callback) {
        kept += callback.facts().keptAt().isPresent() ? 1 : 0;
        broken += callback.facts().brokenAt().isPresent() ? 1 : 0;
        reached += callback.facts().reachedAt().isPresent() ? 1 : 0;
    }

    void note(String kind) {
        notes.merge(kind, 1L, Long::sum);
    }

    long noted(String kind) {
        return notes.getOrDefault(kind, 0L);
    }

    Tally and(Tally other) {
        var both = new Tally();
        both.promises = promises + other.promises;
        both.faults = faults + other.faults;
        both.steps = steps + other.steps;
        both.needsDecision = needsDecision + other.needsDecision;
        both.kept = kept + other.kept;
        both.broken = broken + other.broken;
        both.replans = replans + other.replans;
        both.reached = reached + other.reached;
        both.notes.putAll(notes);
        other.notes.forEach((kind, count) -> both.notes.merge(kind, count, Long::sum));
        return both;
    }

    @Override
    public String toString() {
        return "%,d promises, %,d faults, %,d ladders set, %,d steps; %,d kept, %,d broken, %,d reached, %,d to be decided; %s"
                .formatted(promises, faults, replans, steps, kept, broken, reached, needsDecision, notes);
    }
}
