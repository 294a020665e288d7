package hotline.desk.rota;

import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.callback.staff.StaffStore;
import hotline.callback.staffline.PinHash;
import hotline.desk.access.Scope;
import hotline.desk.http.Answer;
import hotline.desk.http.Api;
import hotline.desk.http.Choice;
import hotline.desk.http.Finding;
import hotline.desk.http.Finding.Filter;
import hotline.desk.http.Finding.Found;
import hotline.desk.http.Menu;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.desk.http.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The pages of staff: who can be called, and how they sign in on the staff line. */
public final class StaffPages {

    /** The city's list; others that a person has already stay. */
    private static final List<String> LANGUAGES =
            List.of("en", "es", "ht", "kea", "yue", "cmn", "vi", "pt", "ru", "ar", "fr", "so");

    private static final Map<String, String> DUTY =
            new TreeMap<>(Map.of("", "On or off", "on", "On duty", "off", "Off duty"));

    private final StaffStore staff;
    private final PinHash pins;

    public StaffPages(StaffStore staff, PinHash pins) {
        this.staff = staff;
        this.pins = pins;
    }

    public record View(Found found, List<Person> people) {}

    /** A line of the list. */
    public record Person(String id, String name, String phone, String languages, String role, boolean onDuty) {}

    /**
     * A person's form.
     *
     * @param id empty where they are to be added
     */
    public record Form(
            String id, String name, String phone, List<Choice> languages, List<Choice> roles, boolean onDuty) {

        public boolean added() {
            return !id.isEmpty();
        }
    }

    public void mount(Pages pages) {
        pages.menu(Menu.Group.PEOPLE, "/staff", "Staff", Scope.SUPERVISOR);
        pages.get("/staff", this::list, Scope.SUPERVISOR);
        new StaffTablePages(staff).mount(pages);
        pages.get("/staff/add", _ -> Answer.page("Add a person", "staff-form.jte", empty()), Scope.SUPERVISOR);
        pages.post("/staff/add", this::add, Scope.SUPERVISOR);
        pages.get("/staff/person/:id", this::form, Scope.SUPERVISOR);
        pages.post("/staff/person/:id", this::change, Scope.SUPERVISOR);
        pages.post("/staff/person/:id/end-sign-in", this::endSignIn, Scope.SUPERVISOR);
    }

    private Answer list(PageRequest visit) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("", "Any");
        Stream.of(Role.values()).forEach(one -> labels.put(Api.word(one), role(one)));
        var role = Filter.of(visit, "role", "Called for", labels);
        var duty = Filter.of(visit, "duty", "Duty", DUTY);
        var asked = Finding.of(visit, "/staff", "Find a name or a language", role, duty);
        var all = staff.all();
        var found = all.stream()
                .filter(responder ->
                        asked.matches(responder.name(), responder.id(), Words.languages(responder.languages())))
                .filter(responder ->
                        role.takes(Api.word(responder.role())) && duty.takes(responder.onDuty() ? "on" : "off"))
                .toList();
        return Answer.page(
                "Staff",
                "staff.jte",
                new View(
                        asked.found(found.size(), all.size(), "people"),
                        found.stream()
                                .map(responder -> new Person(
                                        responder.id(),
                                        responder.name(),
                                        phone(responder.phone()),
                                        Words.languages(responder.languages()),
                                        role(responder.role()),
                                        responder.onDuty()))
                                .toList()));
    }

    private Answer form(PageRequest visit) {
        var person = person(visit);
        return Answer.page(
                person.name(),
                "staff-form.jte",
                new Form(
                        person.id(),
                        person.name(),
                        phone(person.phone()),
                        languages(person.languages()),
                        roles(person.role()),
                        person.onDuty()));
    }

    private static Form empty() {
        return new Form("", "", "", languages(List.of("en")), roles(Role.RESPONDER), false);
    }

    private Answer add(PageRequest visit) {
        var id = visit.field("id", "write a short name for them, such as maria");
        if (staff.find(id).isPresent()) {
            throw new Problem(422, "somebody has the short name '" + id + "' already: choose another");
        }
        save(visit, id, visit.field("phone", "write their phone: a ten-digit number"));
        return Answer.go("/staff", visit.field("name") + " is added");
    }

    private Answer change(PageRequest visit) {
        var person = person(visit);
        var phone = visit.field("phone");
        save(visit, person.id(), phone.isEmpty() ? person.phone() : phone);
        return Answer.go("/staff", "Your changes to " + visit.field("name") + " are saved");
    }

    private void save(PageRequest visit, String id, String phone) {
        var chosen = visit.fields("language");
        if (chosen.isEmpty()) {
            throw new Problem(422, "choose at least one language");
        }
        var role = visit.word(Role.class, visit.field("role"))
                .orElseThrow(() -> new Problem(422, "choose what they are called for"));
        var person = new Responder(id, visit.field("name"), phone, chosen, role, visit.checked("on_duty"));
        var code = Optional.of(visit.digits("staff_code")).filter(text -> !text.isEmpty());
        if (code.isPresent() && !code.get().matches("\\d{4}")) {
            throw new Problem(422, "staff code: write four digits");
        }
        var pin = Optional.of(visit.digits("pin")).filter(text -> !text.isEmpty());
        staff.save(visit.name(), person, code, pin.map(text -> pins.of(id, text)));
    }

    private Answer endSignIn(PageRequest visit) {
        var person = person(visit);
        staff.endSignIn(visit.name(), person.id());
        return Answer.go(
                "/staff/person/" + person.id(),
                person.name() + " can no longer sign in on the staff line, until you give a new code and PIN");
    }

    private Responder person(PageRequest visit) {
        return staff.find(visit.path("id"))
                .orElseThrow(() -> new Problem(404, "nobody has this short name: look at the list of staff"));
    }

    static String phone(String phone) {
        return phone.equals(Responder.BROWSER) ? "in the browser" : "•••-•••-" + phone.substring(phone.length() - 4);
    }

    public static String role(Role role) {
        return switch (role) {
            case RESPONDER -> "Responder";
            case OFFICER -> "Officer";
            case SUPERVISOR -> "Supervisor";
            case MANAGER -> "Manager";
        };
    }

    private static String told(Role role) {
        return switch (role) {
            case RESPONDER -> "Responder: calls people back on the trauma line";
            case OFFICER -> "Officer: answers callers of the tip line";
            case SUPERVISOR -> "Supervisor: is called when nobody has taken a call-back";
            case MANAGER -> "Manager: is called shortly before a promise breaks";
        };
    }

    private static List<Choice> roles(Role chosen) {
        return Stream.of(Role.values())
                .map(role -> new Choice(role.name().toLowerCase(Locale.ROOT), told(role), role == chosen))
                .toList();
    }

    public static List<Choice> languages(List<String> chosen) {
        return Stream.concat(LANGUAGES.stream(), chosen.stream())
                .distinct()
                .map(text -> new Choice(text, Words.language(text), chosen.contains(text)))
                .toList();
    }
}
