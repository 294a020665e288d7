package hotline.callback.staff;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rota check: at which moments nobody is on duty. */
final class Coverage {

    /** A gap that begins within this time is told; earlier, the rota may still be in the making. */
    static final Duration AHEAD = Duration.ofHours(1);

    /** How far ahead somebody is looked for who ends a gap. */
    private static final Duration FAR = Duration.ofDays(8);

    private Coverage() {}

    /**
     * One who may be on duty.
     *
     * @param onDuty what holds now, and until {@code changesAt}
     * @param changesAt from then on the shifts decide; empty when duty is set by hand only
     */
    record Person(boolean onDuty, Optional<Instant> changesAt, Shifts shifts) {

        boolean onDuty(Instant at, ZoneId zone) {
            return decided(at) ? shifts.onDuty(at, zone) : onDuty;
        }

        Optional<Instant> next(Instant after, ZoneId zone) {
            return decided(after) ? shifts.next(after, zone) : changesAt;
        }

        private boolean decided(Instant at) {
            return changesAt.isPresent() && !at.isBefore(changesAt.get());
        }
    }

    /** @param to empty when nobody comes within eight days */
    record Gap(Instant from, Optional<Instant> to) {}

    /** The gaps that have begun or begin within the next hour, each until somebody is on duty again. */
    static List<Gap> gaps(List<Person> people, Instant now, ZoneId zone) {
        var gaps = new ArrayList<Gap>();
        var begun = Optional.<Instant>empty();
        for (var at = Optional.of(now); at.isPresent(); at = next(people, at.get(), zone)) {
            var moment = at.get();
            var covered = people.stream().anyMatch(person -> person.onDuty(moment, zone));
            if (covered && begun.isPresent()) {
                gaps.add(new Gap(begun.get(), at));
                begun = Optional.empty();
            }
            if (moment.isAfter(now.plus(begun.isPresent() ? FAR : AHEAD))) {
                break;
            }
            if (!covered && begun.isEmpty()) {
                begun = at;
            }
        }
        begun.ifPresent(from -> gaps.add(new Gap(from, Optional.empty())));
        return gaps;
    }

    private static Optional<Instant> next(List<Person> people, Instant after, ZoneId zone) {
        return people.stream()
                .flatMap(person -> person.next(after, zone).stream())
                .min(Instant::compareTo);
    }
}
