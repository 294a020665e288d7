package hotline.callback;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is called in, and when, while nobody has taken a call-back. Steps stand at fixed times after its round began, so
 * that an outage delays a step but never loses or repeats it.
 */
public record Ladder(List<Step> steps) {

    /** How often the broken promise is paged again where no step says so. */
    private static final Duration ALARM_AGAIN = Duration.ofMinutes(2);

    public Ladder {
        steps = steps.stream().sorted(Comparator.comparing(Step::after)).toList();
    }

    /** Whom a step calls in. */
    public enum Kind {
        /** The first free responder; whoever does not take it makes way for the next. */
        FIRST,
        /** One responder more. */
        NEXT,
        /** All responders on duty, together. */
        ALL,
        SUPERVISOR,
        /** All responders and the supervisor. */
        AT_RISK,
        MANAGER,
        /** The promised time has passed: everybody. Stands at the promise's end by itself. */
        BROKEN;

        boolean calls(Role role) {
            return switch (role) {
                case RESPONDER -> this != SUPERVISOR && this != MANAGER;
                case SUPERVISOR -> this == SUPERVISOR || this == AT_RISK || this == BROKEN;
                case MANAGER -> this == MANAGER || this == BROKEN;
                case OFFICER -> false;
            };
        }

        boolean together() {
            return compareTo(ALL) >= 0;
        }
    }

    /**
     * @param after how long after the round's beginning
     * @param again how often it comes again, until somebody takes the call-back
     * @param ends how long after the round's beginning it comes no more; empty when it never ends
     */
    public record Step(Duration after, Kind kind, Optional<Duration> again, Optional<Duration> ends) {

        /** As {@link #parse} reads it. */
        @Override
        public String toString() {
            return after + " " + kind.name().toLowerCase(Locale.ROOT)
                    + again.map(length -> " every " + length).orElse("");
        }

        private Step until(Duration end) {
            return new Step(after, kind, again, Optional.of(end));
        }

        /** Once it has been seen it comes no more; but a broken promise goes on being called for. */
        Step seen() {
            return kind == Kind.BROKEN ? this : new Step(after, kind, Optional.empty(), ends);
        }

        /** The last time, not after {@code now}, at which this step stands; empty while it is still to come. */
        Optional<Instant> last(Instant begun, Instant now) {
            var first = begun.plus(after);
            if (first.isAfter(now)) {
                return Optional.empty();
            }
            var end = ends.map(found -> begun.plus(found).minusNanos(1));
            var latest = end.filter(now::isAfter).orElse(now);
            return Optional.of(again.map(every -> first.plus(
                            every.multipliedBy(Duration.between(first, latest).dividedBy(every))))
                    .orElse(first));
        }

        /** The first time after {@code now} at which this step stands; empty when it never comes again. */
        Optional<Instant> next(Instant begun, Instant now) {
            var first = begun.plus(after);
            if (first.isAfter(now)) {
                return Optional.of(first);
            }
            return again.flatMap(every -> last(begun, now).map(time -> time.plus(every)))
                    .filter(time -> ends.map(begun::plus)
                            .filter(end -> !time.isBefore(end))
                            .isEmpty());
        }
    }

    /**
     * Reads a ladder such as {@code PT0S first, PT3M next, PT20M at_risk every PT2M}.
     *
     * @throws IllegalArgumentException naming the step that cannot be read and the form that can
     */
    public static Ladder parse(String text) {
        return of(Stream.of(text.strip().split("\\s*,\\s*"))
                .map(Ladder::parseStep)
                .toList());
    }

    /**
     * Reads a step a line; {@code #} begins a comment.
     *
     * @throws IllegalArgumentException naming the line that cannot be read and the form that can
     */
    public static Ladder parse(List<String> lines) {
        var steps = new ArrayList<Step>();
        for (var line = 1; line <= lines.size(); line++) {
            var text = lines.get(line - 1).replaceFirst("#.*", "").strip();
            try {
                if (!text.isEmpty()) {
                    steps.add(parseStep(text));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + line + ": " + e.getMessage(), e);
            }
        }
        return of(steps);
    }

    /** What cannot be read of a ladder with a step a line, each named by its line; empty when all of it can. */
    public static List<String> problems(List<String> lines) {
        var problems = new ArrayList<String>();
        for (var line = 1; line <= lines.size(); line++) {
            var text = lines.get(line - 1).replaceFirst("#.*", "").strip();
            try {
                if (!text.isEmpty()) {
                    parseStep(text);
                }
            } catch (IllegalArgumentException e) {
                problems.add("line " + line + ": " + e.getMessage());
            }
        }
        try {
            if (problems.isEmpty()) {
                parse(lines);
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return problems;
    }

    private static Ladder of(List<Step> steps) {
        if (steps.stream().noneMatch(step -> step.kind() == Kind.FIRST || step.kind() == Kind.ALL)) {
            throw new IllegalArgumentException("no step calls a responder: begin with 'PT0S first'");
        }
        return new Ladder(steps);
    }

    /** As {@link #parse(String)} reads it. */
    @Override
    public String toString() {
        return steps.stream().map(Step::toString).collect(Collectors.joining(", "));
    }

    /** The steps that no promise of this length comes to. */
    public List<Step> beyond(Duration promise) {
        return steps.stream()
                .filter(step -> step.after().compareTo(promise) >= 0)
                .toList();
    }

    private static Step parseStep(String text) {
        var words = text.split("\\s+");
        try {
            var after = Duration.parse(words[0]);
            var kind = Kind.valueOf(words[1].toUpperCase(Locale.ROOT));
            var repeated = words.length == 4 && words[2].equals("every");
            if (after.isNegative() || kind == Kind.BROKEN || (words.length != 2 && !repeated)) {
                throw new IllegalArgumentException(text);
            }
            var again = repeated ? Optional.of(Duration.parse(words[3])) : Optional.<Duration>empty();
            if (again.isPresent() && again.get().compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(text);
            }
            return new Step(after, kind, again, Optional.empty());
        } catch (DateTimeParseException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "the step '" + text
                            + "' cannot be read: write a time, whom to ring, and if wanted how often again, such as"
                            + " 'PT20M at_risk every PT2M'; whom: first, next, all, supervisor, at_risk, manager",
                    e);
        }
    }

    /** When a promise of this length begins to be at risk. */
    public Duration atRiskAfter(Duration promise) {
        return steps.stream()
                .filter(step -> step.kind() == Kind.AT_RISK)
                .map(Step::after)
                .findFirst()
                .orElse(promise);
    }

    /** The steps of a promise that is still to be kept: those of this ladder until its end, and broken from then on. */
    List<Step> forPromise(Duration promise) {
        var all = new ArrayList<>(steps.stream()
                .filter(step -> step.after().compareTo(promise) < 0)
                .map(step -> step.until(promise))
                .toList());
        all.add(new Step(promise, Kind.BROKEN, Optional.of(alarmAgain()), Optional.empty()));
        return all;
    }

    private Duration alarmAgain() {
        return steps.stream().flatMap(step -> step.again().stream()).findFirst().orElse(ALARM_AGAIN);
    }

    /**
     * The steps while a person has to decide: the supervisors, and once the promise has ended unkept the managers, again
     * and again until somebody has seen it.
     *
     * @param promiseEnds counted from the round's beginning; negative when it has ended, empty when it has been kept
     */
    List<Step> forDecision(Optional<Duration> promiseEnds) {
        var steps = new ArrayList<Step>();
        steps.add(new Step(Duration.ZERO, Kind.SUPERVISOR, Optional.of(alarmAgain()), Optional.empty()));
        promiseEnds
                .map(end -> end.isNegative() ? Duration.ZERO : end)
                .map(length -> new Step(length, Kind.MANAGER, Optional.of(alarmAgain()), Optional.empty()))
                .ifPresent(steps::add);
        return steps;
    }

    /** The steps of a later try, when the promise itself has been kept: each comes once, and none is an alarm. */
    List<Step> forLaterTry() {
        return steps.stream()
                .filter(step -> step.kind().compareTo(Kind.SUPERVISOR) <= 0)
                .map(step -> new Step(step.after(), step.kind(), Optional.empty(), Optional.empty()))
                .toList();
    }
}
