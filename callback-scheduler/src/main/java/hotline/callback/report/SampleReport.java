package hotline.callback.report;

import hotline.callback.report.Report.Language;
import hotline.callback.report.Report.Load;
import hotline.callback.report.Report.Period;
import hotline.callback.report.Report.WeekHour;
import hotline.callback.sample.SamplePromises.Closed;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds a rehearsal's samples to a report. */
final class SampleReport {

    private final ZoneId zone;
    private final List<Closed> samples;

    SampleReport(ZoneId zone, List<Closed> samples) {
        this.zone = zone;
        this.samples = samples;
    }

    Report addTo(Report report) {
        return new Report(
                report.span(),
                report.total().and(figures(samples)),
                report.firstTry().and(firstTries(samples)),
                report.speech().and(speech(samples)),
                periods(report),
                week(report),
                languages(report),
                load(report));
    }

    private List<Language> languages(Report report) {
        var added = by(Closed::language);
        var languages = new ArrayList<Language>();
        for (var one : report.languages()) {
            languages.add(
                    added(one, Optional.ofNullable(added.remove(one.code())).orElse(List.of())));
        }
        added.forEach((code, some) -> languages.add(language(code, some)));
        languages.sort(Comparator.comparingLong(
                        (Language language) -> -language.figures().asked())
                .thenComparing(Language::code));
        return languages;
    }

    private <K> Map<K, List<Closed>> by(Function<Closed, K> key) {
        return samples.stream().collect(Collectors.groupingBy(key, HashMap::new, Collectors.toList()));
    }

    private static Language added(Language one, List<Closed> more) {
        return new Language(
                one.code(),
                one.figures().and(figures(more)),
                one.firstTry().and(firstTries(more)),
                one.speech().and(speech(more)));
    }

    private static Language language(String code, List<Closed> samples) {
        return new Language(code, figures(samples), firstTries(samples), speech(samples));
    }

    private List<Period> periods(Report report) {
        var step = report.span().step();
        var counted = by(closed -> period(step, local(closed)));
        return report.periods().stream()
                .map(period -> new Period(
                        period.begin(), period.figures().and(figures(counted.getOrDefault(period.begin(), List.of())))))
                .toList();
    }

    private LocalDateTime local(Closed sample) {
        return sample.askedAt().atZone(zone).toLocalDateTime();
    }

    private static LocalDateTime period(Span.Step step, LocalDateTime at) {
        var hour = at.withMinute(0).withSecond(0).withNano(0);
        return switch (step) {
            case HOUR -> hour;
            case DAY -> hour.withHour(0);
            case MONTH -> hour.withHour(0).withDayOfMonth(1);
        };
    }

    private Map<WeekHour, Figures> week(Report report) {
        var week = new HashMap<>(report.week());
        by(closed -> new WeekHour(local(closed).getDayOfWeek(), local(closed).getHour()))
                .forEach((hour, some) -> week.merge(hour, figures(some), Figures::and));
        return week;
    }

    private List<Load> load(Report report) {
        var load = new ArrayList<>(report.load());
        by(Closed::person).forEach((person, theirs) -> load.add(load(person, theirs)));
        load.sort(Comparator.comparingLong((Load one) -> -one.offers()).thenComparing(Load::person));
        return load;
    }

    /** Every third offer goes to somebody who does not take it. */
    private static Load load(String person, List<Closed> theirs) {
        return new Load(person, theirs.size() + theirs.size() / 3, theirs.size(), reached(theirs));
    }

    static Figures figures(List<Closed> samples) {
        var kept = samples.stream().filter(Closed::kept).count();
        var reached = reached(samples);
        return new Figures(samples.size(), 0, kept, reached, samples.size() - kept, samples.size() - reached, 0, 0);
    }

    private static long reached(List<Closed> samples) {
        return samples.stream().filter(closed -> closed.speech().isPresent()).count();
    }

    private static Waits firstTries(List<Closed> samples) {
        return waits(samples.stream().map(Closed::firstTry));
    }

    private static Waits speech(List<Closed> samples) {
        return waits(samples.stream().map(Closed::speech).flatMap(Optional::stream));
    }

    private static Waits waits(Stream<Duration> waits) {
        var calls = new TreeMap<Integer, Long>();
        waits.forEach(length -> calls.merge(Waits.bucket(length), 1L, Long::sum));
        return new Waits(calls);
    }
}
