package hotline.tips;

import hotline.tips.ChangeStore.Change;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A month of changes that a rehearsal shows on the coordinator's page. No tip stands behind them: they have no code, so that no
 * caller hears of one and nobody can guess one.
 */
public final class SampleTips {

    private static final int DAYS = 30;
    private static final List<TipStatus> SET =
            List.of(TipStatus.RECEIVED, TipStatus.IN_REVIEW, TipStatus.ARREST, TipStatus.CLOSED);

    private final Optional<InstantSource> clock;
    private final ZoneId zone;

    private SampleTips(Optional<InstantSource> clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    public static SampleTips of(InstantSource clock, ZoneId zone) {
        return new SampleTips(Optional.of(clock), zone);
    }

    /** Where it is no rehearsal. */
    public static SampleTips none() {
        return new SampleTips(Optional.empty(), ZoneId.of("UTC"));
    }

    /** What was set in the last thirty days, the newest first. */
    List<Change> changes() {
        return clock.map(instantSource -> changes(instantSource.instant())).orElse(List.of());
    }

    private List<Change> changes(Instant now) {
        var today = now.atZone(zone).toLocalDate();
        var changes = new ArrayList<Change>();
        for (var ago = 1; ago <= DAYS; ago++) {
            changes.addAll(on(today.minusDays(ago)));
        }
        return changes;
    }

    private List<Change> on(LocalDate day) {
        var random = new SplittableRandom(day.toEpochDay());
        var changes = new ArrayList<Change>();
        for (var left = random.nextInt(3); left > 0; left--) {
            var reference = "sample/%tj-%d".formatted(day, left);
            var status = SET.get(random.nextInt(SET.size())).word();
            changes.add(new Change(
                    Optional.of(reference),
                    status,
                    "sample",
                    day.atTime(12, 0).atZone(zone).toInstant()));
        }
        return changes;
    }
}
