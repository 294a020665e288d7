package hotline.desk.policy;

import hotline.callback.Ladder;
import hotline.callback.Ladder.Kind;
import hotline.callback.Ladder.Step;
import hotline.desk.http.Words;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A ladder as people write it, and as they say it. */
final class LadderWords {

    private LadderWords() {}

    /** A step a line, as {@link Ladder#parse} reads it. */
    static String written(Ladder ladder) {
        return ladder.steps().stream().map(Step::toString).collect(Collectors.joining("\n"));
    }

    static List<String> lines(String text) {
        return text.replace(",", "\n").lines().toList();
    }

    static String when(Step step) {
        return after(step.after())
                + step.again()
                        .map(length -> ", then every " + Words.length(length))
                        .orElse("");
    }

    static String after(Duration after) {
        return after.isZero() ? "at once" : "after " + Words.length(after);
    }

    static String whom(Kind kind) {
        return switch (kind) {
            case FIRST -> "the first free responder, and whoever is next when they do not take it";
            case NEXT -> "one responder more";
            case ALL -> "all responders on duty together";
            case SUPERVISOR -> "the supervisors";
            case AT_RISK -> "at risk: all responders and the supervisors";
            case MANAGER -> "the managers";
            case BROKEN -> "recorded as broken: everybody";
        };
    }

    static String name(Kind kind) {
        return switch (kind) {
            case FIRST -> "First";
            case NEXT -> "Next";
            case ALL -> "All";
            case SUPERVISOR -> "Supervisor";
            case AT_RISK -> "At risk";
            case MANAGER -> "Manager";
            case BROKEN -> "Recorded as broken";
        };
    }
}
