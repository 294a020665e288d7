package hotline.desk.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.ledger.RunningDatabase;
import hotline.desk.access.LinkStore.Candidate;
import hotline.desk.access.OpenIdProvider.Person;
import hotline.desk.access.SignInStore.Result.Refused;
import hotline.desk.access.SignInStore.Try;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts of those for whom an OpenID provider vouches. */
final class ProviderStoreTest {

    private static final Set<Scope> RESPONDER = Set.of(Scope.RESPONDER);
    private static final Passwords PASSWORDS = new Passwords(64, 1);

    private static RunningDatabase stores;
    private static AccountStore accounts;
    private static SessionStore sessions;
    private static ProviderStore provider;

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
        accounts = new AccountStore(stores.database, stores.vault, PASSWORDS);
        sessions = new SessionStore(stores.database);
        provider = new ProviderStore(stores.database);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @BeforeEach
    void nobody_has_an_account() {
        stores.database.run("TRUNCATE account, waits_for_link CASCADE");
    }

    private static Optional<Account> comes(String subject, String name, Set<Scope> scopes) {
        return provider.provided(new Person("https://id " + subject, name, scopes));
    }

    private static List<String> waiting() {
        return new LinkStore(stores.database, PASSWORDS)
                .candidates().stream()
                        .filter(Candidate::waits)
                        .map(Candidate::name)
                        .toList();
    }

    @Test
    void an_account_is_made_once_and_follows_what_the_provider_says() {
        var rosa = comes("rosa-1", "rosa@a.example", RESPONDER);
        var shown = sessions.begin("rosa", Optional.empty());
        assertEquals(rosa, comes("rosa-1", "renamed@a.example", RESPONDER));
        assertTrue(sessions.find(shown).isPresent());
        var grown = comes("rosa-1", "rosa@a.example", Set.of(Scope.SUPERVISOR)).orElseThrow();
        assertEquals(rosa.orElseThrow().id(), grown.id());
        assertEquals(Set.of(Scope.SUPERVISOR), grown.scopes());
        assertFalse(sessions.find(shown).isPresent(), "a session of another role");
        assertEquals(List.of(), waiting());
    }

    @Test
    void a_name_that_is_taken_or_cannot_be_opens_no_account_and_its_person_waits() {
        accounts.rehearse("sam", RESPONDER, "four words are easy");
        comes("lee-1", "lee@a.example", RESPONDER);
        var names = List.of("sam@a.example", "lee@a.example", "lee", "administrator@a.example", "o'brien@a.example");
        for (var name : names) {
            assertEquals(Optional.empty(), comes(name, name, Set.of(Scope.ADMINISTRATOR)), name);
        }
        assertEquals(names.stream().sorted().toList(), waiting());
        assertEquals(
                Optional.empty(), comes("sam@a.example", "sam@a.example", RESPONDER), "whoever asks twice waits once");
        assertEquals(names.size(), waiting().size());
        assertEquals(RESPONDER, accounts.find("lee").orElseThrow().scopes());
        stores.database.run("UPDATE waits_for_link SET asked_at = clock_timestamp() - interval '8 days'");
        assertEquals(List.of(), waiting());
    }

    @Test
    void names_that_differ_only_by_their_domain_are_two_people() {
        var one = comes("rosa-1", "rosa@a.example", RESPONDER).orElseThrow();
        var other = comes("rosa-2", "rosa@b.example", Set.of(Scope.OFFICER)).orElseThrow();
        assertEquals(List.of("rosa", "rosa-at-b.example"), List.of(one.name(), other.name()));
        assertEquals(
                other, comes("rosa-2", "rosa@b.example", Set.of(Scope.OFFICER)).orElseThrow());
        assertEquals(RESPONDER, accounts.find("rosa").orElseThrow().scopes());
        assertEquals(
                Map.of("rosa", "rosa@a.example", "rosa-at-b.example", "rosa@b.example"),
                new LinkStore(stores.database, PASSWORDS).linked());
    }

    @Test
    void it_has_no_password_here_and_nobody_gives_it_one() {
        comes("cora-1", "cora@a.example", RESPONDER);
        var signIns = new SignInStore(stores.database, accounts, sessions, PASSWORDS, InstantSource.system());
        for (var password : new String[] {"", "nobody's password is this long"}) {
            assertInstanceOf(
                    Refused.class,
                    signIns.signIn(new Try(
                            "cora", password, "", new Browser(Optional.empty(), Optional.empty(), "a browser"))));
        }
        assertThrows(IllegalArgumentException.class, () -> accounts.save("ada", "cora", RESPONDER, true));
        assertThrows(IllegalArgumentException.class, () -> accounts.choosePassword("cora", "", "four words are easy"));
        assertFalse(accounts.removeSecondFactor("ada", "cora"));
    }
}
