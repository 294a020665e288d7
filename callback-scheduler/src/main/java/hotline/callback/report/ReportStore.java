package hotline.callback.report;

import hotline.base.database.Database;
import hotline.callback.report.Report.Language;
import hotline.callback.report.Report.Load;
import hotline.callback.report.Report.Period;
import hotline.callback.report.Report.WeekHour;
import hotline.callback.sample.SamplePromises;
import io.vertx.sqlclient.Row;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reports from PostgreSQL: sums of what was counted, and what is still to be added to them. */
public final class ReportStore {

    private static final String COUNTED = """
            WITH counted AS NOT MATERIALIZED (
                SELECT hour, language, asked, pending, kept, reached, broken, unreached, not_said, consultations
                FROM promise_hour WHERE hour >= $1 AND hour < $2
                UNION ALL SELECT hour, language, asked, pending, kept, reached, broken, unreached, not_said, consultations
                FROM promise_change WHERE hour >= $1 AND hour < $2)
            """;

    private static final String SUMS = """
            sum(asked)::int8 AS asked, sum(pending)::int8 AS pending, sum(kept)::int8 AS kept,
            sum(reached)::int8 AS reached, sum(broken)::int8 AS broken, sum(unreached)::int8 AS unreached,
            sum(not_said)::int8 AS not_said, sum(consultations)::int8 AS consultations
            """;

    static final String TOTAL = COUNTED + "SELECT " + SUMS + " FROM counted";

    /** The wall's clock is asked once an hour, not once a row. */
    static final String CUT = COUNTED + """
            , hourly AS (SELECT hour AT TIME ZONE $3 AS local,
            """ + SUMS + """
                FROM counted GROUP BY hour),
            placed AS (SELECT *, date_trunc($4, local) AS period, extract(isodow FROM local)::int AS weekday,
                extract(hour FROM local)::int AS clock FROM hourly)
            SELECT CASE WHEN grouping(period) = 0 THEN 'period' ELSE 'week' END AS by, period, weekday, clock, NULL AS language,
            """ + SUMS + """
            FROM placed GROUP BY GROUPING SETS ((period), (weekday, clock)) HAVING sum(asked) + sum(consultations) > 0
            UNION ALL SELECT 'language', NULL, NULL, NULL, language,
            """ + SUMS + """
            FROM counted GROUP BY language HAVING sum(asked) + sum(consultations) > 0
            """;

    /** Whole months from their sums, and the days before and after these. */
    static final String WAITS = """
            WITH waited AS (
                SELECT kind, language, bucket, calls FROM promise_wait
                WHERE step = 'month' AND begins >= $2 AND begins < $3
                UNION ALL SELECT kind, language, bucket, calls FROM promise_wait
                WHERE step = 'day' AND begins >= $1 AND begins < $2
                UNION ALL SELECT kind, language, bucket, calls FROM promise_wait
                WHERE step = 'day' AND begins >= $3 AND begins <= $4
                UNION ALL SELECT kind, language, bucket, asked FROM promise_change
                    CROSS JOIN LATERAL (VALUES ('first_try', first_try), ('speech', speech)) AS wait (kind, bucket)
                WHERE bucket IS NOT NULL AND hour >= $5 AND hour < $6)
            SELECT kind, language, bucket, sum(calls)::int8 AS calls FROM waited GROUP BY kind, language, bucket
            """;

    static final String LOAD = """
            WITH counted AS (
                SELECT responder, offers, taken, talked FROM responder_hour WHERE hour >= $1 AND hour < $2
                UNION ALL SELECT responder, offers, taken, talked FROM responder_change WHERE hour >= $1 AND hour < $2)
            SELECT coalesce(max(name), responder) AS person, sum(offers)::int8 AS offers, sum(taken)::int8 AS taken,
                sum(talked)::int8 AS talked
            FROM counted LEFT JOIN responder ON id = responder GROUP BY responder ORDER BY offers DESC, person
            """;

    private final Database database;
    private final ZoneId zone;
    private final SamplePromises samples;

    /** @param zone whose days and hours are told */
    public ReportStore(Database database, ZoneId zone) {
        this(database, zone, SamplePromises.none(zone));
    }

    /** @param samples are counted with the others */
    public ReportStore(Database database, ZoneId zone, SamplePromises samples) {
        this.database = database;
        this.zone = zone;
        this.samples = samples;
    }

    /** Whether what is told is partly made up. */
    public boolean hasSamples() {
        return samples.areShown();
    }

    public ZoneId zone() {
        return zone;
    }

    /** What was asked for since midnight. */
    public Figures today(Instant now) {
        var day = now.atZone(zone).toLocalDate();
        var span = new Span(day, day);
        return figures(database.run(TOTAL, time(span.begin(zone)), time(span.end(zone)))
                        .iterator()
                        .next())
                .and(SampleReport.figures(samples.between(day, day)));
    }

    public Report report(Span span) {
        return new SampleReport(zone, samples.between(span.from(), span.to())).addTo(counted(span));
    }

    private Report counted(Span span) {
        var cut = cut(span);
        var firstTry = new HashMap<String, Waits>();
        var speech = new HashMap<String, Waits>();
        waits(span, firstTry, speech);
        var languages = cut.languages.entrySet().stream()
                .map(entry -> new Language(
                        entry.getKey(),
                        entry.getValue(),
                        firstTry.getOrDefault(entry.getKey(), Waits.none()),
                        speech.getOrDefault(entry.getKey(), Waits.none())))
                .sorted(Comparator.comparingLong(
                                (Language language) -> -language.figures().asked())
                        .thenComparing(Language::code))
                .toList();
        return new Report(
                span,
                languages.stream().map(Language::figures).reduce(Figures.NONE, Figures::and),
                firstTry.values().stream().reduce(Waits.none(), Waits::and),
                speech.values().stream().reduce(Waits.none(), Waits::and),
                periods(span, cut.periods),
                cut.week,
                languages,
                load(span));
    }

    private record Cut(
            Map<LocalDateTime, Figures> periods, Map<WeekHour, Figures> week, Map<String, Figures> languages) {}

    private Cut cut(Span span) {
        var cut = new Cut(new HashMap<>(), new HashMap<>(), new HashMap<>());
        var step = span.step().name().toLowerCase(Locale.ROOT);
        for (var row : database.run(CUT, time(span.begin(zone)), time(span.end(zone)), zone.getId(), step)) {
            switch (row.getString("by")) {
                case "period" -> cut.periods.put(row.getLocalDateTime("period"), figures(row));
                case "week" -> cut.week.put(weekHour(row), figures(row));
                default -> cut.languages.put(row.getString("language"), figures(row));
            }
        }
        return cut;
    }

    private static WeekHour weekHour(Row row) {
        return new WeekHour(DayOfWeek.of(row.getInteger("weekday")), row.getInteger("clock"));
    }

    private void waits(Span span, Map<String, Waits> firstTry, Map<String, Waits> speech) {
        var histograms = new HashMap<String, Map<String, TreeMap<Integer, Long>>>();
        var months = span.wholeMonths();
        for (var row : database.run(
                WAITS,
                span.from(),
                months.from(),
                months.end(),
                span.to(),
                time(span.begin(zone)),
                time(span.end(zone)))) {
            histograms
                    .computeIfAbsent(row.getString("kind"), _ -> new HashMap<>())
                    .computeIfAbsent(row.getString("language"), _ -> new TreeMap<>())
                    .put(row.getInteger("bucket"), row.getLong("calls"));
        }
        histograms
                .getOrDefault("first_try", Map.of())
                .forEach((histogram, calls) -> firstTry.put(histogram, new Waits(calls)));
        histograms
                .getOrDefault("speech", Map.of())
                .forEach((histogram, calls) -> speech.put(histogram, new Waits(calls)));
    }

    /** Also those in which nobody asked: a gap in a chart is to be seen. */
    private static List<Period> periods(Span span, Map<LocalDateTime, Figures> counted) {
        var periods = new ArrayList<Period>();
        var end = span.to().plusDays(1).atStartOfDay();
        for (var at = first(span); at.isBefore(end); at = next(span, at)) {
            periods.add(new Period(at, counted.getOrDefault(at, Figures.NONE)));
        }
        return periods;
    }

    private static LocalDateTime first(Span span) {
        LocalDate day = span.step() == Span.Step.MONTH ? span.from().withDayOfMonth(1) : span.from();
        return day.atStartOfDay();
    }

    private static LocalDateTime next(Span span, LocalDateTime at) {
        return switch (span.step()) {
            case HOUR -> at.plusHours(1);
            case DAY -> at.plusDays(1);
            case MONTH -> at.plusMonths(1);
        };
    }

    private List<Load> load(Span span) {
        var load = new ArrayList<Load>();
        for (var row : database.run(LOAD, time(span.begin(zone)), time(span.end(zone)))) {
            load.add(new Load(
                    row.getString("person"), row.getLong("offers"), row.getLong("taken"), row.getLong("talked")));
        }
        return load;
    }

    private static Figures figures(Row row) {
        return new Figures(
                count(row, "asked"),
                count(row, "pending"),
                count(row, "kept"),
                count(row, "reached"),
                count(row, "broken"),
                count(row, "unreached"),
                count(row, "not_said"),
                count(row, "consultations"));
    }

    /** A sum over nothing is not there. */
    private static long count(Row row, String column) {
        return Optional.ofNullable(row.getLong(column)).orElse(0L);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
