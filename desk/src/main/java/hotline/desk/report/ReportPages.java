package hotline.desk.report;

import hotline.callback.report.Report;
import hotline.callback.report.ReportStore;
import hotline.callback.report.Span;
import hotline.desk.access.Scope;
import hotline.desk.http.Answer;
import hotline.desk.http.Menu;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Reports over any span, as pages, tables and a summary of a month to print. Nothing in them is about a caller. */
public final class ReportPages {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMM d, uuuu", Locale.US);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMMM uuuu", Locale.US);
    private static final int OLDEST_YEAR = 2000;

    private final ReportStore reports;
    private final InstantSource clock;

    public ReportPages(ReportStore reports, InstantSource clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** A span that is often asked for. */
    public record Preset(String label, Span span, boolean shown) {

        public String path() {
            return "/reports?from=" + span.from() + "&to=" + span.to();
        }
    }

    /**
     * @param words the span, as people say it
     * @param samples whether a rehearsal's are counted, too
     */
    public record View(Report report, String words, List<Preset> presets, YearMonth month, boolean samples) {

        public String csv(String table) {
            return "/reports/csv/" + table + "?from=" + report.span().from() + "&to="
                    + report.span().to();
        }
    }

    /** @param words {@code November 2026} */
    public record MonthView(Report report, String words, YearMonth month, boolean unfinished, boolean samples) {}

    public void mount(Pages pages) {
        pages.menu(Menu.Group.NOW, "/reports", "Reports", Scope.SUPERVISOR);
        pages.get("/reports", this::page, Scope.SUPERVISOR);
        pages.get("/reports/csv/:table", this::csv, Scope.SUPERVISOR);
        pages.get("/reports/month/:month", this::month, Scope.SUPERVISOR);
    }

    private Answer page(PageRequest visit) {
        var span = span(visit);
        var view = new View(
                reports.report(span), words(span), presets(span), YearMonth.from(span.to()), reports.hasSamples());
        return Answer.page("Reports", "reports.jte", view);
    }

    private Answer csv(PageRequest visit) {
        var span = span(visit);
        var report = reports.report(span);
        var table = visit.path("table");
        return Answer.table(
                "hotline-%s-%s-to-%s.csv".formatted(table, span.from(), span.to()), ReportTables.rows(table, report));
    }

    private Answer month(PageRequest visit) {
        var month = month(visit.path("month"));
        var report = reports.report(new Span(month.atDay(1), month.atEndOfMonth()));
        var unfinished = !month.atEndOfMonth().isBefore(today());
        var words = MONTH.format(month);
        return Answer.page(
                "Summary of " + words,
                "reports-month.jte",
                new MonthView(report, words, month, unfinished, reports.hasSamples()));
    }

    private Span span(PageRequest visit) {
        var week = lastDays(7);
        var from = visit.query("from").map(ReportPages::date).orElse(week.from());
        return new Span(
                from,
                visit.query("to").map(ReportPages::date).orElseGet(() -> from.isAfter(week.to()) ? from : week.to()));
    }

    private List<Preset> presets(Span shown) {
        return List.of(
                preset("Today", lastDays(1), shown),
                preset("7 days", lastDays(7), shown),
                preset("30 days", lastDays(30), shown),
                preset("This month", new Span(today().withDayOfMonth(1), today()), shown));
    }

    private static Preset preset(String label, Span span, Span shown) {
        return new Preset(label, span, span.equals(shown));
    }

    private Span lastDays(int days) {
        return new Span(today().minusDays(days - 1L), today());
    }

    private LocalDate today() {
        return clock.instant().atZone(reports.zone()).toLocalDate();
    }

    private static String words(Span span) {
        return span.from().equals(span.to())
                ? DATE.format(span.from())
                : DATE.format(span.from()) + " to " + DATE.format(span.to());
    }

    private static LocalDate date(String text) {
        try {
            var date = LocalDate.parse(text);
            if (date.getYear() >= OLDEST_YEAR && date.getYear() < OLDEST_YEAR + 100) {
                return date;
            }
        } catch (DateTimeException e) {
            // Told below, as for a year in which there was no hotline.
        }
        throw new Problem(422, "write the days as 2026-11-24");
    }

    private static YearMonth month(String text) {
        try {
            var month = YearMonth.parse(text);
            if (month.getYear() >= OLDEST_YEAR && month.getYear() < OLDEST_YEAR + 100) {
                return month;
            }
        } catch (DateTimeException e) {
            // Told below.
        }
        throw new Problem(404, "there is no such month: write it as 2026-11");
    }
}
