package hotline.desk.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.callback.ledger.RunningDatabase;
import hotline.desk.access.OpenIdProvider.Person;
import hotline.desk.access.SignInStore.Result;
import hotline.desk.access.SignInStore.Result.In;
import hotline.desk.access.SignInStore.Result.Refused;
import hotline.desk.access.SignInStore.Try;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moving accounts to an OpenID provider, and back. */
final class LinkStoreTest {

    private static final String PASSWORD = "four words are easy";
    private static final Set<Scope> RESPONDER = Set.of(Scope.RESPONDER);
    private static final Person ROSA = new Person("https://id rosa-1", "rosa@a.example", Set.of(Scope.SUPERVISOR));
    private static final Passwords PASSWORDS = new Passwords(64, 1);

    private static RunningDatabase stores;
    private static AccountStore accounts;
    private static SessionStore sessions;
    private static SignInStore signIns;
    private static ProviderStore provider;
    private static LinkStore links;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
        accounts = new AccountStore(stores.database, stores.vault, PASSWORDS);
        sessions = new SessionStore(stores.database);
        signIns = new SignInStore(stores.database, accounts, sessions, PASSWORDS, InstantSource.system());
        provider = new ProviderStore(stores.database);
        links = new LinkStore(stores.database, PASSWORDS);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void rosa_has_an_account_and_comes_from_the_provider() {
        stores.database.run("TRUNCATE account, waits_for_link, account_failure CASCADE");
        accounts.rehearse("ada", Set.of(Scope.ADMINISTRATOR), PASSWORD);
        accounts.rehearse("rosa", RESPONDER, PASSWORD);
        assertEquals(Optional.empty(), provider.provided(ROSA));
    }

    private static Result types(String password, String code) {
        var browser = new Browser(Optional.empty(), Optional.empty(), "a browser");
        return signIns.signIn(new Try("rosa", password, code, browser));
    }

    private static List<String> audited() {
        return new AuditStore(stores.database)
                .latest().stream()
                        .map(entry -> entry.who() + " " + entry.act() + " " + entry.subject() + ": " + entry.reason())
                        .toList();
    }

    private static void assertRefuses(String words, Runnable link) {
        var refused = assertThrows(IllegalArgumentException.class, link::run);
        assertTrue(String.valueOf(refused.getMessage()).contains(words), refused.getMessage());
    }

    @Test
    void nobody_is_linked_who_has_not_come_from_the_provider_nor_to_an_account_that_is_linked() {
        assertRefuses("ask them to try", () -> links.link("ada", "rosa", "https://id made-up"));
        links.link("ada", "rosa", ROSA.subject());
        var lee = new Person("https://id lee", "rosa@a.example", RESPONDER);
        assertEquals(Optional.empty(), provider.provided(lee));
        assertRefuses("unlink it first", () -> links.link("ada", "rosa", lee.subject()));
        assertRefuses("unlink it first", () -> links.link("ada", "rosa", ROSA.subject()));
        assertEquals("rosa@a.example", links.linked().get("rosa"));
    }

    @Test
    void the_last_administrator_is_not_linked_to_somebody_who_is_none_there() {
        assertRefuses("last administrator", () -> links.link("rosa", "ada", ROSA.subject()));
        assertInstanceOf(
                In.class,
                signIns.signIn(
                        new Try("ada", PASSWORD, "", new Browser(Optional.empty(), Optional.empty(), "a browser"))));
    }

    @Test
    void a_linked_account_stays_the_same_and_its_password_app_and_codes_open_nothing_any_more() {
        var before = accounts.find("rosa").orElseThrow();
        var onPaper = accounts.addSecondFactor(before, OneTimeCodes.newSecret(), 0, "")
                .getFirst();
        var shown = sessions.begin("rosa", Optional.empty());

        links.link("ada", "rosa", ROSA.subject());
        assertTrue(sessions.find(shown).isEmpty(), "they are signed out everywhere");
        assertInstanceOf(Refused.class, types(PASSWORD, ""));
        assertInstanceOf(Refused.class, types(PASSWORD, onPaper));
        var after = provider.provided(ROSA).orElseThrow();
        assertEquals(before.id(), after.id());
        assertEquals("rosa", after.name());
        assertEquals(Set.of(Scope.SUPERVISOR), after.scopes(), "as the provider says");
        assertTrue(after.provided());
        assertFalse(after.secondFactor());
        assertEquals(
                List.of("rosa"),
                links.candidates().stream().map(one -> one.account()).toList(),
                "nobody waits");
        assertTrue(audited().contains("ada account_linked rosa: rosa@a.example, supervisor"), audited()::toString);
        assertRefuses("the provider says", () -> accounts.save("ada", "rosa", RESPONDER, true));
    }

    @Test
    void an_account_that_is_unlinked_is_its_persons_by_a_first_password_and_the_provider_opens_it_no_more() {
        links.link("ada", "rosa", ROSA.subject());
        var shown = sessions.begin("rosa", Optional.empty());
        var given = links.unlink("ada", "rosa");
        assertTrue(sessions.find(shown).isEmpty());
        assertInstanceOf(Refused.class, types(PASSWORD, ""), "the password from before stays erased");
        assertTrue(assertInstanceOf(In.class, types(given, "")).of().account().first());
        assertEquals(
                Set.of(Scope.SUPERVISOR), accounts.find("rosa").orElseThrow().scopes());
        assertEquals(Optional.empty(), provider.provided(ROSA));
        assertTrue(audited().contains("ada account_unlinked rosa: "), audited()::toString);
        assertRefuses("not linked", () -> links.unlink("ada", "rosa"));
    }

    /** Whose names here and there differ has two accounts, once they have signed in by the provider. */
    @Test
    void two_accounts_of_one_person_become_one() {
        var second = new Person("https://id maria", "m.lopez@a.example", RESPONDER);
        assertEquals("m.lopez", provider.provided(second).orElseThrow().name());
        links.link("ada", "rosa", second.subject());
        assertTrue(accounts.find("m.lopez").isEmpty());
        assertEquals("rosa", provider.provided(second).orElseThrow().name());
        assertTrue(audited().contains("ada account_ended m.lopez: one person with rosa"), audited()::toString);
    }
}
