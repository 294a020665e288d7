package hotline.desk.signin;

import hotline.desk.access.Account;
import hotline.desk.access.AccountStore;
import hotline.desk.access.LinkStore;
import hotline.desk.access.LinkStore.Candidate;
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
import hotline.desk.signin.SignInPages.Ways;
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
    private final LinkStore links;
    private final Ways ways;

    /** @param ways how people sign in: only where a provider is one of them there is somebody to link */
    public AccountsPages(AccountStore accounts, SessionStore sessions, LinkStore links, Ways ways) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.links = links;
        this.ways = ways;
    }

    /** @param waiting who came from the provider and waits to be linked */
    public record View(Found found, List<AccountRow> accounts, List<String> waiting) {}

    /** @param linked what the provider calls them; empty where they sign in by password */
    public record AccountRow(String name, String roles, String secondFactor, boolean first, String linked) {}

    /**
     * @param name empty where an account is to be opened
     * @param sessions in how many browsers they are signed in
     */
    public record Form(
            String name,
            List<Choice> roles,
            boolean secondFactor,
            boolean own,
            int sessions,
            Organization organization) {}

    /**
     * How an account stands to the organization's sign-in.
     *
     * @param there whether there is one
     * @param linked what it calls this account's person; empty where it is not linked
     * @param candidates who it may be
     * @param passwords whether a password would open anything once it is unlinked
     */
    public record Organization(boolean there, String linked, List<Candidate> candidates, boolean passwords) {}

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
        pages.post(LIST + "/of/:name/link", this::link);
        pages.post(LIST + "/of/:name/unlink", this::unlink);
        pages.post(LIST + "/of/:name/remove", this::remove);
    }

    private Answer list(PageRequest visit) {
        var labels = new LinkedHashMap<String, String>();
        labels.put("", "Any");
        roles(Set.of())
                .forEach(choice -> labels.put(
                        choice.value(),
                        RoleWords.role(Scope.valueOf(choice.value().toUpperCase(Locale.ROOT)))));
        var role = Filter.of(visit, "role", "Role", labels);
        var asked = Finding.of(visit, LIST, "Find a name", role);
        var all = accounts.all();
        var linked = links.linked();
        var found = all.stream()
                .filter(account -> asked.matches(account.name(), linked.getOrDefault(account.name(), "")))
                .filter(account -> account.scopes().stream().anyMatch(scope -> role.takes(Api.word(scope))))
                .toList();
        return Answer.page(
                "Accounts",
                "accounts.jte",
                new View(
                        asked.found(found.size(), all.size(), "accounts"),
                        found.stream()
                                .map(account -> new AccountRow(
                                        account.name(),
                                        account.scopes().stream()
                                                .sorted()
                                                .map(RoleWords::role)
                                                .collect(Collectors.joining(", ")),
                                        account.provided() ? "–" : account.secondFactor() ? "Yes" : "No",
                                        account.first(),
                                        linked.getOrDefault(account.name(), "")))
                                .toList(),
                        links.candidates().stream()
                                .filter(Candidate::waits)
                                .map(Candidate::name)
                                .toList()));
    }

    private static Form empty() {
        return new Form("", roles(Set.of()), false, false, 0, new Organization(false, "", List.of(), true));
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
                        sessions.of(account.name(), "").size(),
                        organization(account)));
    }

    private Organization organization(Account account) {
        var candidates = links.candidates().stream()
                .filter(candidate -> !candidate.account().equals(account.name()))
                .toList();
        var linked = links.linked().getOrDefault(account.name(), "");
        return new Organization(ways.provider() || account.provided(), linked, candidates, ways.local());
    }

    private Answer link(PageRequest visit) {
        var account = account(visit);
        links.link(visit.name(), account.name(), visit.field("person", "choose who it is"));
        return Answer.go(
                LIST + "/of/" + account.name(),
                account.name() + " is linked: from now on your organization alone signs them in");
    }

    private Answer unlink(PageRequest visit) {
        var account = account(visit);
        if (!ways.local()) {
            throw new Problem(
                    422, "passwords are not used here: nobody could sign in with this account. Remove it instead");
        }
        var given = links.unlink(visit.name(), account.name());
        return Answer.page("First password", "accounts-given.jte", new Given(account.name(), given));
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
                        scope.name().toLowerCase(Locale.ROOT),
                        RoleWords.role(scope) + ": " + RoleWords.may(scope),
                        chosen.contains(scope)))
                .toList();
    }
}
