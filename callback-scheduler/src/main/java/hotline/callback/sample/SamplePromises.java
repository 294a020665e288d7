package hotline.callback.sample;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A month of a rehearsal's closed call-backs, for its reports: the last thirty days. The same day has the same ones after each
 * restart, as they are drawn from the day itself.
 */
public final class SamplePromises {

    private static final int DAYS = 30;
    private static final int BUSIEST_DAY = 14;
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    /** Those that are asked for less often than English and Spanish. */
    private static final List<String> RARER = List.of("ht", "pt", "kea", "vi");

    private static final List<String> PEOPLE = List.of("Ana (sample)", "Ben (sample)", "Chi (sample)");

    private final ZoneId zone;
    private final Optional<InstantSource> clock;

    private SamplePromises(ZoneId zone, Optional<InstantSource> clock) {
        this.zone = zone;
        this.clock = clock;
    }

    public static SamplePromises of(ZoneId zone, InstantSource clock) {
        return new SamplePromises(zone, Optional.of(clock));
    }

    /** Where it is no rehearsal. */
    public static SamplePromises none(ZoneId zone) {
        return new SamplePromises(zone, Optional.empty());
    }

    /**
     * What came of one.
     *
     * @param speech how long the caller waited for it; empty where they were not reached
     * @param person who made the last try
     */
    public record Closed(
            Instant askedAt, String language, Duration firstTry, Optional<Duration> speech, String person) {

        public boolean kept() {
            return firstTry.compareTo(HALF_AN_HOUR) <= 0;
        }
    }

    public boolean areShown() {
        return clock.isPresent();
    }

    /** Those that were asked for on these days, the first and the last included. */
    public List<Closed> between(LocalDate from, LocalDate to) {
        return clock.stream()
                .flatMap(instantSource -> between(from, to, instantSource.instant()))
                .toList();
    }

    private Stream<Closed> between(LocalDate from, LocalDate to, Instant now) {
        var today = now.atZone(zone).toLocalDate();
        var first = from.isAfter(today.minusDays(DAYS - 1L)) ? from : today.minusDays(DAYS - 1L);
        var last = to.isBefore(today) ? to : today;
        return first.isAfter(last)
                ? Stream.empty()
                : first.datesUntil(last.plusDays(1))
                        .flatMap(this::on)
                        // What is closed was asked for a while ago.
                        .filter(closed -> closed.askedAt().isBefore(now.minus(Duration.ofHours(2))));
    }

    private Stream<Closed> on(LocalDate day) {
        var random = new SplittableRandom(day.toEpochDay());
        var closed = new ArrayList<Closed>();
        for (var left = 3 + random.nextInt(BUSIEST_DAY - 2); left > 0; left--) {
            closed.add(one(day, random));
        }
        return closed.stream();
    }

    private Closed one(LocalDate day, SplittableRandom random) {
        var minute = random.nextInt(24 * 60);
        var another = random.nextInt(24 * 60);
        // Most people ask in the evening.
        var asked =
                day.atStartOfDay(zone).plusMinutes(Math.max(minute, another)).toInstant();
        var late = random.nextInt(22) == 0;
        var seconds = late ? 1_900 + random.nextInt(1_500) : 40 + random.nextInt(900);
        var firstTry = Duration.ofSeconds(seconds);
        var reached = random.nextInt(5) > 0;
        return new Closed(
                asked,
                language(random.nextInt(6 + RARER.size())),
                firstTry,
                reached ? Optional.of(firstTry.plusSeconds(talked(random))) : Optional.empty(),
                PEOPLE.get(random.nextInt(PEOPLE.size())));
    }

    private static String language(int drawn) {
        if (drawn < 4) {
            return "en";
        }
        return drawn < 6 ? "es" : RARER.get(drawn - 6);
    }

    /** Seconds after the first try: most answer it, the others a later one. */
    private static int talked(SplittableRandom random) {
        return random.nextInt(4) > 0 ? 10 + random.nextInt(40) : 900 + random.nextInt(3_000);
    }
}
