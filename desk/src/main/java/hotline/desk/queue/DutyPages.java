package hotline.desk.queue;

import hotline.base.audit.AuditStore;
import hotline.callback.staff.Responder;
import hotline.callback.staff.ShiftStore;
import hotline.callback.staff.Shifts;
import hotline.callback.staff.StaffStore;
import hotline.callback.staffline.StaffLineStore;
import hotline.desk.http.Answer;
import hotline.desk.http.Menu;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.desk.http.Throttle;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everybody's own duty: on or off, the shifts of the week, the phone, and what was said last. */
public final class DutyPages {

    private static final int A_WEEK = 7;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, MMM d", Locale.US);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("h:mm a", Locale.US);

    private final Staff staff;
    private final Consumer<String> testCall;
    private final AuditStore audit;
    private final ZoneId zone;
    private final InstantSource clock;

    /** So that a phone is not called without an end. */
    private final Throttle tests = new Throttle(2, 1.0 / 30);

    /** What is known of the people who look. */
    public record Staff(StaffStore people, ShiftStore shifts, StaffLineStore line) {}

    /** @param testCall rings a phone as {@link StaffStore#phone} names it, and says a sentence */
    public DutyPages(Staff staff, Consumer<String> testCall, AuditStore audit, ZoneId zone, InstantSource clock) {
        this.staff = staff;
        this.testCall = testCall;
        this.audit = audit;
        this.zone = zone;
        this.clock = clock;
    }

    /** One of the next seven days. */
    public record Day(String name, List<String> hours) {}

    /**
     * @param phone masked
     * @param last the last call-back of the last half day
     * @param said what was said of it
     */
    public record View(
            Responder person,
            String phone,
            List<Day> week,
            Optional<String> last,
            Optional<String> said,
            Map<String, String> dispositions) {}

    public void mount(Pages pages) {
        pages.menu(Menu.Group.NOW, "/duty", "My duty", QueuePages.STAFF);
        pages.get("/duty", this::page, QueuePages.STAFF);
        pages.post("/duty", this::duty, QueuePages.STAFF);
        pages.post("/duty/test-call", this::testCall, QueuePages.STAFF);
    }

    private Answer page(PageRequest visit) {
        var person = find(visit);
        if (person.isEmpty()) {
            return Answer.page("My duty", "duty-none.jte", visit.name());
        }
        var last = staff.line.last(visit.name());
        return Answer.page(
                "My duty",
                "duty.jte",
                new View(
                        person.get(),
                        masked(person.get().phone()),
                        week(staff.shifts.shifts(visit.name()).orElse(Shifts.NONE)),
                        last.map(lastDial -> lastDial.callback().toString()),
                        last.map(lastDial -> History.disposition(lastDial.said().word())),
                        History.SAID));
    }

    private Optional<Responder> find(PageRequest visit) {
        return staff.people.all().stream()
                .filter(responder -> responder.id().equals(visit.name()))
                .findFirst();
    }

    private Responder me(PageRequest visit) {
        return find(visit)
                .orElseThrow(() -> new Problem(
                        409, "you are not on the staff list, so no phone rings for you: ask a supervisor to add you"));
    }

    private Answer duty(PageRequest visit) {
        var on = visit.field("duty").equals("on");
        staff.line.duty(me(visit).id(), on);
        audit.note(visit.name(), on ? "went_on_duty" : "went_off_duty", visit.name(), "");
        return Answer.go("/duty", on ? "You are on duty: your phone rings for call-backs." : "You are off duty.");
    }

    private Answer testCall(PageRequest visit) {
        var person = me(visit);
        synchronized (tests) {
            if (!tests.admits(person.id(), System.nanoTime())) {
                throw new Problem(429, "your phone was called just now: wait half a minute");
            }
        }
        staff.people.phone(person.id()).ifPresent(testCall);
        return QueuePages.told(
                visit,
                "/duty",
                "Your phone rings now and plays a sentence. If it does not ring, its number is"
                        + " wrong: tell a supervisor.");
    }

    /** All but the last two digits: enough to know one's own. */
    private static String masked(String phone) {
        return phone.equals(Responder.BROWSER)
                ? "the browser phone"
                : "(•••) •••-••" + phone.substring(phone.length() - 2);
    }

    private List<Day> week(Shifts shifts) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var week = new ArrayList<Day>();
        for (var day = 0; day < A_WEEK; day++) {
            var date = today.plusDays(day);
            week.add(new Day(day == 0 ? "Today" : DAY.format(date), hours(shifts, date)));
        }
        return week;
    }

    private List<String> hours(Shifts shifts, LocalDate date) {
        var weekly = shifts.weekly().stream()
                .filter(one -> one.day() == date.getDayOfWeek() && !shifts.off().contains(date))
                .map(one -> hours(date, one.from(), one.to()));
        var extra = shifts.extra().stream()
                .filter(one -> one.date().equals(date))
                .map(one -> hours(date, one.from(), one.to()) + ", extra");
        return Stream.concat(weekly, extra).toList();
    }

    /** As they are on that date: where the clock skips a time, not what is written. */
    private String hours(LocalDate date, LocalTime from, LocalTime to) {
        var span = Shifts.span(date, from, to, zone);
        var end = span.to().atZone(zone);
        return TIME.format(span.from().atZone(zone)) + " to " + TIME.format(end)
                + (end.toLocalDate().equals(date) ? "" : " the next day");
    }
}
