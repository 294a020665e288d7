package hotline.desk.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.ledger.RunningDatabase;
import hotline.desk.access.SignInStore.Result.Refused;
import hotline.desk.access.SignInStore.Try;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    @Test
    void an_account_is_made_once_and_follows_what_the_provider_says() {
        var rosa = provider.provided("https://id rosa-1", "rosa", RESPONDER);
        var shown = sessions.begin("rosa", Optional.empty());
        assertEquals(rosa, provider.provided("https://id rosa-1", "renamed", RESPONDER));
        assertTrue(sessions.find(shown).isPresent());
        var grown = provider.provided("https://id rosa-1", "rosa", Set.of(Scope.SUPERVISOR));
        assertEquals(rosa.id(), grown.id());
        assertEquals(Set.of(Scope.SUPERVISOR), grown.scopes());
        assertFalse(sessions.find(shown).isPresent(), "a session of another role");
    }

    @Test
    void a_name_that_is_taken_opens_nobody_elses_account() {
        accounts.rehearse("sam", RESPONDER, "four words are easy");
        provider.provided("https://id lee-1", "lee", RESPONDER);
        for (var name : new String[] {"sam", "lee", "administrator", "Lee!", ""}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> provider.provided("https://id stranger", name, Set.of(Scope.ADMINISTRATOR)));
        }
        assertEquals(RESPONDER, accounts.find("lee").orElseThrow().scopes());
    }

    @Test
    void it_has_no_password_here_and_nobody_gives_it_one() {
        provider.provided("https://id cora-1", "cora", RESPONDER);
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
