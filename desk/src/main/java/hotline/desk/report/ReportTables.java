package hotline.desk.report;

import hotline.callback.report.Figures;
import hotline.callback.report.Report;
import hotline.callback.report.Report.Language;
import hotline.callback.report.Span;
import hotline.callback.report.Waits;
import hotline.desk.http.Problem;
import hotline.desk.http.Words;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables of a report, on a page and for a spreadsheet. */
public final class ReportTables {

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("h a", Locale.US);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE MMM d", Locale.US);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM uuuu", Locale.US);
    private static final List<String> COUNTS = List.of(
            "asked",
            "kept",
            "kept_percent",
            "reached",
            "reached_percent",
            "broken",
            "closed_unreached",
            "pending",
            "not_said",
            "consultations");
    private static final List<String> WAITS = List.of(
            "first_try_p50_seconds",
            "first_try_p90_seconds",
            "first_try_p99_seconds",
            "speech_p50_seconds",
            "speech_p90_seconds",
            "speech_p99_seconds");

    private ReportTables() {}

    /** {@code 2 PM}, {@code Tue Nov 24} or {@code Nov 2026}, as the span is cut. */
    public static String period(Span span, LocalDateTime begin) {
        return switch (span.step()) {
            case HOUR -> HOUR.format(begin);
            case DAY -> DAY.format(begin);
            case MONTH -> MONTH.format(begin);
        };
    }

    public static String stepWord(Span span) {
        return switch (span.step()) {
            case HOUR -> "Hour";
            case DAY -> "Day";
            case MONTH -> "Month";
        };
    }

    public static List<DayOfWeek> weekdays() {
        return List.of(DayOfWeek.values());
    }

    public static String weekday(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Locale.US);
    }

    /** {@code 2 PM} for 14. */
    public static String hour(int hour) {
        return HOUR.format(LocalDateTime.of(2000, 1, 1, hour, 0));
    }

    /** How well a cell of the heat map stands, from 4 for all kept to 0 for a quarter broken; empty where nobody asked. */
    public static String heat(Figures figures) {
        var kept = figures.keptShare();
        if (kept.isEmpty()) {
            return "none";
        }
        var broken = 1 - kept.getAsDouble();
        return "heat-" + (broken == 0 ? 4 : broken <= .02 ? 3 : broken <= .1 ? 2 : broken <= .25 ? 1 : 0);
    }

    /** Of a cell of the heat map: the whole percent, cut off. */
    public static String shortly(Figures figures) {
        var kept = figures.keptShare();
        return kept.isEmpty() ? "·" : Integer.toString((int) Math.floor(kept.getAsDouble() * 100));
    }

    public static String title(DayOfWeek day, int hour, Figures figures) {
        return "%s %s to %s: %s"
                .formatted(
                        weekday(day),
                        hour(hour),
                        hour((hour + 1) % 24),
                        figures.asked() == 0
                                ? "nobody asked"
                                : "%d asked, %s kept, %s reached"
                                        .formatted(
                                                figures.asked(),
                                                Words.percent(figures.keptShare()),
                                                Words.percent(figures.reachedShare())));
    }

    /** @throws Problem when there is no table of this name */
    static List<List<String>> rows(String table, Report report) {
        return switch (table) {
            case "periods" -> periods(report);
            case "week" -> week(report);
            case "waits" -> waits(report);
            case "languages" -> languages(report);
            case "responders" -> responders(report);
            default -> throw new Problem(404, "there is no such table: take one from the page of reports");
        };
    }

    private static List<List<String>> periods(Report report) {
        var rows = table(List.of("begin"), COUNTS);
        report.periods().forEach(period -> rows.add(row(List.of(period.begin().toString()), counts(period.figures()))));
        return rows;
    }

    private static List<List<String>> week(Report report) {
        var rows = table(List.of("weekday", "hour"), COUNTS);
        for (var day : DayOfWeek.values()) {
            IntStream.range(0, 24)
                    .forEach(hour ->
                            rows.add(row(List.of(weekday(day), Integer.toString(hour)), counts(report.at(day, hour)))));
        }
        return rows;
    }

    private static List<List<String>> waits(Report report) {
        var rows = table(List.of(
                "to",
                "p50_seconds",
                "p90_seconds",
                "p99_seconds",
                "within_5_min_percent",
                "within_15_min_percent",
                "within_30_min_percent",
                "calls"));
        rows.add(waits("first try", report.firstTry()));
        rows.add(waits("speech", report.speech()));
        return rows;
    }

    private static List<String> waits(String name, Waits one) {
        var within = Stream.of(5, 15, 30)
                .map(minutes -> share(one.share(Duration.ofMinutes(minutes))))
                .toList();
        return row(List.of(name), waits(one), within, List.of(Long.toString(one.count())));
    }

    private static List<List<String>> languages(Report report) {
        var rows = table(List.of("language"), COUNTS, WAITS);
        report.languages().forEach(one -> rows.add(language(Words.language(one.code()), one)));
        rows.add(row(List.of("all"), counts(report.total()), waits(report.firstTry()), waits(report.speech())));
        return rows;
    }

    private static List<String> language(String name, Language language) {
        return row(List.of(name), counts(language.figures()), waits(language.firstTry()), waits(language.speech()));
    }

    private static List<List<String>> responders(Report report) {
        var rows = table(List.of("person", "offers", "taken", "talked"));
        report.load()
                .forEach(load -> rows.add(List.of(
                        load.person(),
                        Long.toString(load.offers()),
                        Long.toString(load.taken()),
                        Long.toString(load.talked()))));
        return rows;
    }

    private static List<String> counts(Figures figures) {
        return List.of(
                Long.toString(figures.asked()),
                Long.toString(figures.kept()),
                share(figures.keptShare()),
                Long.toString(figures.reached()),
                share(figures.reachedShare()),
                Long.toString(figures.broken()),
                Long.toString(figures.unreached()),
                Long.toString(figures.pending()),
                Long.toString(figures.notSaid()),
                Long.toString(figures.consultations()));
    }

    /** For a chart; empty where there is nothing to draw. */
    public static String value(OptionalDouble share) {
        return share(share);
    }

    private static String share(OptionalDouble share) {
        return share.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", share.getAsDouble() * 100);
    }

    private static List<String> waits(Waits waits) {
        return Stream.of(.5, .9, .99)
                .map(waits::within)
                .map(ReportTables::seconds)
                .toList();
    }

    private static String seconds(Optional<Duration> wait) {
        return wait.map(length -> Long.toString(length.toSeconds())).orElse("");
    }

    @SafeVarargs
    private static List<List<String>> table(List<String>... head) {
        var rows = new ArrayList<List<String>>();
        rows.add(row(head));
        return rows;
    }

    @SafeVarargs
    private static List<String> row(List<String>... parts) {
        var cells = new ArrayList<String>();
        for (var part : parts) {
            cells.addAll(part);
        }
        return cells;
    }
}
