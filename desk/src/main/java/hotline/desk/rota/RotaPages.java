package hotline.desk.rota;

import hotline.base.Csv;
import hotline.callback.sample.SampleShifts;
import hotline.callback.staff.DutyStore;
import hotline.callback.staff.Responder;
import hotline.callback.staff.Roster.Member;
import hotline.callback.staff.ShiftStore;
import hotline.callback.staff.Shifts;
import hotline.callback.staff.Shifts.Extra;
import hotline.callback.staff.Shifts.Weekly;
import hotline.callback.staff.StaffStore;
import hotline.desk.access.Scope;
import hotline.desk.http.Answer;
import hotline.desk.http.Menu;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The pages of the rota: the week ahead, and each person's shifts with their exceptions. */
public final class RotaPages {

    private static final int LARGEST_TABLE = 1 << 20;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE MMM d, uuuu", Locale.US);

    private final StaffStore staff;
    private final ShiftStore shifts;
    private final DutyStore duty;
    private final SampleShifts samples;

    public RotaPages(StaffStore staff, ShiftStore shifts, DutyStore duty) {
        this(staff, shifts, duty, new SampleShifts(false));
    }

    /** @param samples whose shifts are shown beside those of the staff */
    public RotaPages(StaffStore staff, ShiftStore shifts, DutyStore duty, SampleShifts samples) {
        this.staff = staff;
        this.shifts = shifts;
        this.duty = duty;
        this.samples = samples;
    }

    public record View(List<RotaWeek.Day> week, List<Person> people) {}

    public record Person(String id, String name, String role, String shifts, boolean sample) {}

    /** A person's shifts; each has what a form says of it to take it away. */
    public record Own(String id, String name, List<OwnShift> weekly, List<OwnShift> exceptions, List<OwnShift> days) {}

    public record OwnShift(String value, String words) {}

    public void mount(Pages pages) {
        pages.menu(Menu.Group.PEOPLE, "/rota", "Rota", Scope.SUPERVISOR);
        pages.get("/rota", _ -> week(), Scope.SUPERVISOR);
        pages.get("/rota/table", _ -> table(), Scope.SUPERVISOR);
        pages.upload("/rota/table", LARGEST_TABLE, this::readTable, Scope.SUPERVISOR);
        pages.get("/rota/person/:id", this::person, Scope.SUPERVISOR);
        pages.post("/rota/person/:id/weekly", this::addWeekly, Scope.SUPERVISOR);
        pages.post("/rota/person/:id/off", this::addOff, Scope.SUPERVISOR);
        pages.post("/rota/person/:id/extra", this::addExtra, Scope.SUPERVISOR);
        pages.post("/rota/person/:id/take-away", this::takeAway, Scope.SUPERVISOR);
    }

    private Answer week() {
        var roster = duty.roster();
        var made = samples.beside(roster);
        var people = Stream.concat(
                        roster.members().stream().map(member -> person(member, false)),
                        made.stream().map(member -> person(member, true)))
                .toList();
        return Answer.page("Rota", "rota.jte", new View(RotaWeek.of(roster, made), people));
    }

    private static Person person(Member member, boolean sample) {
        var person = member.person();
        return new Person(person.id(), person.name(), StaffPages.role(person.role()), summary(member.shifts()), sample);
    }

    private static String summary(Shifts shifts) {
        var parts = new ArrayList<String>();
        count(parts, shifts.weekly().size(), "weekly shift");
        count(parts, shifts.off().size() + shifts.extra().size(), "exception");
        return parts.isEmpty() ? "no shifts: on and off duty by hand" : String.join(", ", parts);
    }

    private static void count(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what + (count == 1 ? "" : "s"));
        }
    }

    // ---- the table ----

    private Answer table() {
        var weekly = new LinkedHashMap<String, List<Weekly>>();
        duty.roster()
                .members()
                .forEach(member ->
                        weekly.put(member.person().id(), member.shifts().weekly()));
        return Answer.table("rota.csv", RotaTable.rows(weekly));
    }

    private Answer readTable(PageRequest visit) {
        var rota = RotaTable.read(Csv.text(visit.upload().getBytes()));
        rota.refuse(shifts.saveWeekly(visit.name(), rota.weekly(), duty.now()));
        var people = rota.weekly().size();
        return Answer.go(
                "/rota",
                "The weekly shifts of " + people + (people == 1 ? " person are" : " people are") + " replaced");
    }

    // ---- a person ----

    private Answer person(PageRequest visit) {
        var person = known(visit);
        var theirs = shifts(person);
        var weekly = theirs.weekly().stream()
                .map(one -> new OwnShift(said(one), day(one.day()) + ", " + RotaWeek.hours(one.from(), one.to())))
                .toList();
        var exceptions = Stream.concat(
                        theirs.off().stream()
                                .sorted()
                                .map(day -> new OwnShift("off " + day, DATE.format(day) + ": off")),
                        theirs.extra().stream()
                                .map(extra -> new OwnShift(
                                        said(extra),
                                        DATE.format(extra.date()) + ": extra hours, "
                                                + RotaWeek.hours(extra.from(), extra.to()))))
                .toList();
        var days = Stream.of(DayOfWeek.values())
                .map(one -> new OwnShift(ShiftWords.word(one), day(one)))
                .toList();
        return Answer.page(
                "Shifts of " + person.name(),
                "rota-person.jte",
                new Own(person.id(), person.name(), weekly, exceptions, days));
    }

    private Answer addWeekly(PageRequest visit) {
        var from = ShiftWords.time("from", visit.field("from"));
        var to = ShiftWords.time("to", visit.field("to"));
        var days = visit.fields("day");
        if (days.isEmpty()) {
            throw new Problem(422, "choose at least one day");
        }
        var person = known(visit);
        var theirs = shifts(person);
        var weekly = new ArrayList<>(theirs.weekly());
        days.forEach(day -> weekly.add(new Weekly(ShiftWords.day("day", day), from, to)));
        return kept(visit, person, new Shifts(weekly, theirs.off(), theirs.extra()));
    }

    private Answer addOff(PageRequest visit) {
        var person = known(visit);
        var theirs = shifts(person);
        var off = new HashSet<>(theirs.off());
        off.add(date(visit));
        return kept(visit, person, new Shifts(theirs.weekly(), off, theirs.extra()));
    }

    private Answer addExtra(PageRequest visit) {
        var person = known(visit);
        var theirs = shifts(person);
        var extra = new ArrayList<>(theirs.extra());
        var added = new Extra(
                date(visit), ShiftWords.time("from", visit.field("from")), ShiftWords.time("to", visit.field("to")));
        extra.add(added);
        shifts.save(visit.name(), person.id(), new Shifts(theirs.weekly(), theirs.off(), extra), duty.now());
        return Answer.go(path(person), changed(person) + ShiftWords.moved(added, duty.zone()));
    }

    /** What it says of a shift is what its line on the page carries. */
    private Answer takeAway(PageRequest visit) {
        var person = known(visit);
        var theirs = shifts(person);
        var what = visit.field("what");
        var weekly =
                theirs.weekly().stream().filter(one -> !what.equals(said(one))).toList();
        var off = new HashSet<>(theirs.off());
        off.removeIf(day -> what.equals("off " + day));
        var extra =
                theirs.extra().stream().filter(one -> !what.equals(said(one))).toList();
        return kept(visit, person, new Shifts(weekly, off, extra));
    }

    private static String said(Weekly shift) {
        return "weekly " + ShiftWords.word(shift.day()) + " " + shift.from() + " " + shift.to();
    }

    private static String said(Extra extra) {
        return "extra " + extra.date() + " " + extra.from() + " " + extra.to();
    }

    private Answer kept(PageRequest visit, Responder person, Shifts changed) {
        shifts.save(visit.name(), person.id(), changed, duty.now());
        return Answer.go(path(person), changed(person));
    }

    private static String path(Responder person) {
        return "/rota/person/" + person.id();
    }

    private static String changed(Responder person) {
        return "The shifts of " + person.name() + " are changed";
    }

    private Responder known(PageRequest visit) {
        return staff.find(visit.path("id"))
                .orElseThrow(() -> new Problem(404, "nobody here has this short name: look at the list of staff"));
    }

    private Shifts shifts(Responder person) {
        return shifts.shifts(person.id()).orElse(Shifts.NONE);
    }

    private static LocalDate date(PageRequest visit) {
        return ShiftWords.date("date", visit.field("date"));
    }

    private static String day(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Locale.US);
    }
}
