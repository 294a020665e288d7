package hotline.callback.sample;

import hotline.callback.Callback;
import hotline.callback.Callback.Ask;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.Marks;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.Waiting;
import hotline.callback.Ladder;
import hotline.callback.Round;
import hotline.callback.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Open call-backs of a rehearsal: one of each kind. No row, dispatcher, API call or metric knows of them, so that nobody is called
 * for them and no real promise waits for them. They follow the clock in small steps: the one at risk is always at risk.
 */
public final class SampleCallbacks {

    /** The first half of their ids, which no real call-back has. */
    private static final long FINGERPRINT = 0x5a3b_0000_0000_8000L;

    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private final Supplier<Ladder> ladder;
    private final Duration promise;

    /** @param ladder says when a promise is at risk; none: there are no samples */
    private SampleCallbacks(Supplier<Ladder> ladder, Duration promise) {
        this.ladder = ladder;
        this.promise = promise;
    }

    public static SampleCallbacks of(Supplier<Ladder> ladder, Duration promise) {
        return new SampleCallbacks(ladder, promise);
    }

    /** Where it is no rehearsal. */
    public static SampleCallbacks none() {
        return new SampleCallbacks(() -> new Ladder(List.of()), Duration.ZERO);
    }

    /** A moment of its history, as the ledger writes it. */
    public record Moment(Instant at, String kind, String detail) {}

    /**
     * A made-up call-back.
     *
     * @param holder who has it; a name
     */
    public record Sample(Callback callback, Optional<String> holder, List<Moment> history) {

        private Sample until(Instant now) {
            return new Sample(
                    callback,
                    holder,
                    history.stream().filter(moment -> !moment.at().isAfter(now)).toList());
        }
    }

    public static boolean isSample(UUID callback) {
        return callback.getMostSignificantBits() == FINGERPRINT;
    }

    public Optional<Sample> find(UUID callback, Instant now) {
        return open(now).stream()
                .filter(sample -> sample.callback().facts().id().equals(callback))
                .findFirst();
    }

    /** As they stand at this moment. */
    public List<Sample> open(Instant now) {
        if (promise.isZero()) {
            return List.of();
        }
        var risk = ladder.get().atRiskAfter(promise);
        var left = promise.minus(risk);
        var step = shorter(left.isZero() ? risk : left, risk).dividedBy(4).plusMillis(1);
        var base = Instant.ofEpochMilli(now.toEpochMilli() - now.toEpochMilli() % step.toMillis());
        return Stream.of(
                        broken(base.minus(promise.multipliedBy(3).dividedBy(2))),
                        atRisk(base.minus(left.isZero() ? risk.dividedBy(2) : risk.plus(step))),
                        taken(base.minus(risk.dividedBy(2))),
                        onTime(base.minus(risk.dividedBy(4))),
                        needsDecision(base.minus(promise.multipliedBy(6))),
                        later(
                                base.minus(promise.multipliedBy(2)),
                                base.plus(step).plus(promise.dividedBy(2))))
                .map(sample -> sample.until(now))
                .toList();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Sample broken(Instant asked) {
        var facts = new Asked(1, "ht", asked, promise).facts(0, 0).broken();
        var history = new Story(asked)
                .at(0, "requested", "confirmed")
                .at(.02, "offered", "Ana")
                .at(.05, "offer_ended", "Ana unanswered")
                .at(.1, "step", "next")
                .at(.1, "offered", "Ben")
                .at(.12, "offer_ended", "Ben declined")
                .at(.4, "step", "supervisor")
                .at(.67, "step", "at_risk")
                .at(1, "broken", "");
        return new Sample(new Waiting(facts, Round.begin(asked)), Optional.empty(), history.moments);
    }

    private Sample atRisk(Instant asked) {
        var facts = new Asked(2, "es", asked, promise).facts(0, 0).owed();
        var history = new Story(asked)
                .at(0, "requested", "confirmed")
                .at(.02, "offered", "Ana")
                .at(.05, "offer_ended", "Ana busy")
                .at(.2, "step", "all")
                .at(.4, "step", "supervisor")
                .at(.67, "step", "at_risk");
        return new Sample(new Waiting(facts, Round.begin(asked)), Optional.empty(), history.moments);
    }

    private Sample taken(Instant asked) {
        var asking = new Asked(3, "en", asked, promise);
        var history = new Story(asked)
                .at(0, "requested", "confirmed")
                .at(.02, "offered", "Ben")
                .at(.04, "answered", "Ben")
                .at(.05, "claimed", "Ben");
        var claimed = new Claimed(asking.facts(0, 1).owed(), Round.begin(asked), false, id(100));
        return new Sample(claimed, Optional.of("Ben"), history.moments);
    }

    private Sample onTime(Instant asked) {
        var facts = new Asked(4, "en", asked, promise).facts(0, 0).owed();
        var history = new Story(asked).at(0, "requested", "unconfirmed");
        return new Sample(new Waiting(facts, Round.begin(asked)), Optional.empty(), history.moments);
    }

    private Sample needsDecision(Instant asked) {
        var facts = new Asked(5, "pt", asked, promise).facts(3, 3).kept(asked.plus(promise.dividedBy(4)));
        var history = new Story(asked)
                .at(0, "requested", "confirmed")
                .at(.2, "claimed", "Chi")
                .at(.25, "dialled", "")
                .at(.3, "dial_ended", "no_answer")
                .at(1.5, "dialled", "")
                .at(1.6, "dial_ended", "no_answer")
                .at(4, "dialled", "")
                .at(4.1, "dial_ended", "no_answer")
                .at(4.1, "needs_decision", "");
        return new Sample(new NeedsDecision(facts, Round.begin(asked)), Optional.empty(), history.moments);
    }

    private Sample later(Instant asked, Instant next) {
        var facts = new Asked(6, "vi", asked, promise).facts(1, 1).kept(asked.plus(promise.dividedBy(3)));
        var history = new Story(asked)
                .at(0, "requested", "confirmed")
                .at(.3, "claimed", "Ana")
                .at(.33, "dialled", "")
                .at(.4, "dial_ended", "busy")
                .at(.4, "waiting", "");
        return new Sample(new Waiting(facts, Round.begin(asked).from(next)), Optional.empty(), history.moments);
    }

    private static UUID id(int number) {
        return new UUID(FINGERPRINT, VARIANT | number);
    }

    /** What one asked for. */
    private record Asked(int number, String language, Instant at, Duration promise) {

        Tried facts(int attempts, int claims) {
            return new Tried(this, attempts, claims);
        }

        Facts facts(Tried tried, Optional<Instant> keptAt, Optional<Instant> brokenAt) {
            return new Facts(
                    id(number),
                    new Ask(new Wishes(language, number % 2 == 0, number % 3 == 0), number != 4),
                    at,
                    at.plus(promise),
                    tried.attempts,
                    tried.claims,
                    new Marks(keptAt, Optional.empty(), brokenAt, Optional.empty()));
        }
    }

    private record Tried(Asked asked, int attempts, int claims) {

        Facts owed() {
            return asked.facts(this, Optional.empty(), Optional.empty());
        }

        Facts kept(Instant at) {
            return asked.facts(this, Optional.of(at), Optional.empty());
        }

        Facts broken() {
            return asked.facts(this, Optional.empty(), Optional.of(asked.at.plus(asked.promise)));
        }
    }

    /** A history, whose moments are told in lengths of the promise. */
    private final class Story {

        private final Instant asked;
        private final List<Moment> moments = new ArrayList<>();

        private Story(Instant asked) {
            this.asked = asked;
        }

        Story at(double part, String kind, String detail) {
            moments.add(new Moment(asked.plusMillis(Math.round(promise.toMillis() * part)), kind, detail));
            return this;
        }
    }
}
