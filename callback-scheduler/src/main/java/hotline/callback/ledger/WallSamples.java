package hotline.callback.ledger;

import hotline.callback.Callback.Assigned;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Ladder;
import hotline.callback.Standing;
import hotline.callback.ledger.CallbackViews.View;
import hotline.callback.ledger.WallStore.Moment;
import hotline.callback.ledger.WallStore.Now;
import hotline.callback.ledger.WallStore.Past;
import hotline.callback.sample.SampleCallbacks;
import hotline.callback.sample.SampleCallbacks.Sample;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A rehearsal's samples, as the wall shows them. */
final class WallSamples {

    private static final Comparator<View> MOST_TROUBLED_FIRST = Comparator.comparing((View view) -> !isBroken(view))
            .thenComparing(view -> view.callback().facts().dueAt());

    private final SampleCallbacks samples;
    private final Supplier<Ladder> ladder;

    WallSamples(SampleCallbacks samples, Supplier<Ladder> ladder) {
        this.samples = samples;
        this.ladder = ladder;
    }

    Now addedTo(Now now) {
        var sum = now;
        for (var sample : samples.open(now.at())) {
            sum = and(sum, view(sample, now.at()));
        }
        return sum;
    }

    private static Now and(Now now, View sample) {
        var facts = sample.callback().facts();
        var broken = isBroken(sample);
        return new Now(
                now.at(),
                now.open() + 1,
                now.atRisk() + one(sample.standing() == Standing.AT_RISK),
                now.broken() + one(broken),
                now.needsDecision() + one(sample.callback() instanceof NeedsDecision && !broken),
                now.inHand() + one(sample.callback() instanceof Assigned),
                earlier(now.oldest(), facts.requestedAt()),
                broken || facts.keptAt().isPresent() ? now.nextDue() : earlier(now.nextDue(), facts.dueAt()));
    }

    private static int one(boolean is) {
        return is ? 1 : 0;
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Instant other) {
        return one.filter(time -> time.isBefore(other)).or(() -> Optional.of(other));
    }

    /** The broken and those that need a decision, among those that really are. */
    List<View> among(List<View> troubled, Instant now, int atMost) {
        var made = samples.open(now).stream()
                .map(sample -> view(sample, now))
                .filter(view -> isBroken(view) || view.callback() instanceof NeedsDecision);
        return Stream.concat(troubled.stream(), made)
                .sorted(MOST_TROUBLED_FIRST)
                .limit(atMost)
                .toList();
    }

    Optional<Past> past(UUID id, Instant now) {
        return samples.find(id, now).map(sample -> new Past(view(sample, now), now, moments(sample), Map.of()));
    }

    private static List<Moment> moments(Sample sample) {
        return sample.history().stream()
                .map(moment -> new Moment(moment.at(), moment.kind(), moment.detail(), ""))
                .toList();
    }

    private View view(Sample sample, Instant now) {
        var callback = sample.callback();
        return new View(callback, callback.state(), callback.standing(ladder.get(), now));
    }

    private static boolean isBroken(View view) {
        return view.standing() == Standing.BROKEN;
    }
}
