package hotline.desk.signin;

import hotline.desk.access.Account;
import hotline.desk.access.AccountStore;
import hotline.desk.access.Scope;
import hotline.desk.access.SessionStore;
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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Everybody's accounts, for the administrator: who may sign in, and what they may do. */
public final class AccountsPages {

    private static final String LIST = "/accounts";

    private final AccountStore accounts;
    private final SessionStore sessions;

    public AccountsPages(AccountStore accounts, SessionStore sessions) {
        this.accounts = accounts;
        this.sessions = sessions;
    }

    public record View(Found found, List<Line> accounts) {}

    public record Line(String name, String roles, String secondFactor, boolean first) {}

    /**
     * @param name empty where an account is to be opened
     * @param sessions in how many browsers they are signed in
     */
    public record Form(String name, List<Choice> roles, boolean secondFactor, boolean own, int sessions) {}

    /** A first password, told once. */
    public record Given(String name, String password) {}

    public void mount(Pages pages) {
        pages.menu(Menu.Group.PEOPLE, LIST, "Accounts");
        pages.get(LIST, this::list);
        pages.get(LIST + "/add", _ -> Answer.page("Open an account", "accounts-form.jte", empty()));
        pages.post(LIST + "/add", this::open);
        pages.get(LIST + "/of/:name", this::form);
        pages.post(LIST + "/of/:name", this::change);
        pages.post(LIST + "/of/:name/password", this::password);
        pages.post(LIST + "/of/:name/second-factor", this::removeSecondFactor);
        pages.post(LIST + "/of/:name/sessions", this::endSessions);
        pages.post(LIST + "/of/:name/remove", this::remove);
    }

    private Answer list(PageRequest visit) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("", "Any");
        roles(Set.of())
                .forEach(choice -> labels.put(
                        choice.value(), role(Scope.valueOf(choice.value().toUpperCase(Locale.ROOT)))));
        var role = Filter.of(visit, "role", "Role", labels);
        var asked = Finding.of(visit, LIST, "Find a name", role);
        var all = accounts.all();
        var found = all.stream()
                .filter(account -> asked.matches(account.name()))
                .filter(account -> account.scopes().stream().anyMatch(scope -> role.takes(Api.word(scope))))
                .toList();
        return Answer.page(
                "Accounts",
                "accounts.jte",
                new View(
                        asked.found(found.size(), all.size(), "accounts"),
                        found.stream()
                                .map(account -> new Line(
                                        account.name(),
                                        account.scopes().stream()
                                                .sorted()
                                                .map(AccountsPages::role)
                                                .collect(Collectors.joining(", ")),
                                        account.secondFactor() ? "Yes" : "No",
                                        account.first()))
                                .toList()));
    }

    private static Form empty() {
        return new Form("", roles(Set.of()), false, false, 0);
    }

    private Answer form(PageRequest visit) {
        var account = account(visit);
        return Answer.page(
                account.name(),
                "accounts-form.jte",
                new Form(
                        account.name(),
                        roles(account.scopes()),
                        account.secondFactor(),
                        account.name().equals(visit.name()),
                        sessions.of(account.name(), "").size()));
    }

    private Answer open(PageRequest visit) {
        var name = Account.name(visit.field("name"));
        if (accounts.find(name).isPresent()) {
            throw new Problem(422, "an account of this name is there already: choose another name");
        }
        return save(visit, name, chosen(visit), false);
    }

    private Answer change(PageRequest visit) {
        return save(visit, account(visit).name(), chosen(visit), false);
    }

    private Answer password(PageRequest visit) {
        var account = account(visit);
        return save(visit, account.name(), account.scopes(), true);
    }

    private Answer save(PageRequest visit, String name, Set<Scope> roles, boolean newPassword) {
        return accounts.save(visit.name(), name, roles, newPassword)
                .map(account -> Answer.page("First password", "accounts-given.jte", new Given(name, account)))
                .orElseGet(() -> Answer.go(LIST, "The roles of " + name + " are changed; they have to sign in again"));
    }

    private Answer removeSecondFactor(PageRequest visit) {
        var account = account(visit);
        accounts.removeSecondFactor(visit.name(), account.name());
        return Answer.go(LIST, "The app of " + account.name() + " is removed: their password alone signs them in now");
    }

    private Answer endSessions(PageRequest visit) {
        var account = account(visit);
        sessions.endAll(visit.name(), account.name());
        return Answer.go(LIST, account.name() + " is signed out everywhere, and may sign in again");
    }

    private Answer remove(PageRequest visit) {
        var account = account(visit);
        accounts.remove(visit.name(), account.name());
        return Answer.go(LIST, account.name() + " can no longer sign in");
    }

    private Account account(PageRequest visit) {
        return accounts.find(visit.path("name"))
                .orElseThrow(() -> new Problem(404, "nobody of this name has an account: look at the list"));
    }

    private static Set<Scope> chosen(PageRequest visit) {
        var chosen = EnumSet.noneOf(Scope.class);
        visit.fields("role")
                .forEach(field -> chosen.add(visit.word(Scope.class, field)
                        .orElseThrow(() -> new Problem(422, "choose roles of the list"))));
        if (chosen.isEmpty()) {
            throw new Problem(422, "choose at least one role");
        }
        return chosen;
    }

    private static List<Choice> roles(Set<Scope> chosen) {
        return Arrays.stream(Scope.values())
                .filter(scope -> scope != Scope.TEXT_SYSTEM)
                .map(scope -> new Choice(
                        scope.name().toLowerCase(Locale.ROOT), role(scope) + ": " + may(scope), chosen.contains(scope)))
                .toList();
    }

    private static String role(Scope scope) {
        return switch (scope) {
            case ADMINISTRATOR -> "Administrator";
            case SUPERVISOR -> "Supervisor";
            case RESPONDER -> "Responder";
            case COORDINATOR -> "Coordinator";
            case OFFICER -> "Officer";
            case TEXT_SYSTEM -> "Text system";
        };
    }

    private static String may(Scope scope) {
        return switch (scope) {
            case ADMINISTRATOR -> "everything, and these accounts";
            case SUPERVISOR -> "the wall, reports, staff and the rota";
            case RESPONDER -> "the queue of call-backs";
            case COORDINATOR -> "what each tip's status says";
            case OFFICER -> "spoken tips, with a reason";
            case TEXT_SYSTEM -> "hands over codes that it gave out";
        };
    }
}
