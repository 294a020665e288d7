package hotline.desk.access;

import static hotline.base.database.Columns.instant;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * An administrator says which account is whose, when a hotline moves to an OpenID provider. An account has one way in: linked, its
 * password, app and recovery codes are erased, so that whoever loses the organization's sign-in has none left here.
 */
public final class LinkStore {

    private static final String WAITING = """
            SELECT subject, provider_name, scopes, asked_at, '' AS account FROM waits_for_link
            WHERE asked_at > clock_timestamp() - interval '7 days' AND ($1 = '' OR subject = $1)
            UNION ALL
            SELECT subject, provider_name, scopes, given_at, name FROM account WHERE subject IS NOT NULL AND ($1 = '' OR subject = $1)
            ORDER BY account, provider_name LIMIT 500
            """;

    private static final String FORGET = """
            DELETE FROM waits_for_link WHERE subject = $1 OR asked_at < clock_timestamp() - interval '7 days'
            """;

    private static final String LINK = """
            UPDATE account SET subject = $2, provider_name = $3, scopes = $4, password = NULL, first = false,
                totp_encrypted = NULL, totp_step = 0
            WHERE name = $1 AND subject IS NULL RETURNING name
            """;

    private static final String UNLINK = """
            UPDATE account SET subject = NULL, provider_name = NULL, password = $2, first = true, given_at = clock_timestamp()
            WHERE name = $1 AND subject IS NOT NULL RETURNING name
            """;

    private static final String LINKED = """
            SELECT name, provider_name FROM account WHERE subject IS NOT NULL
            """;

    private final Database database;
    private final Passwords passwords;

    public LinkStore(Database database, Passwords passwords) {
        this.database = database;
        this.passwords = passwords;
    }

    /**
     * Somebody of the provider's.
     *
     * @param name at the provider
     * @param account of their own that they have here; empty where they wait for one
     */
    public record Candidate(String subject, String name, Set<Scope> scopes, String account, Instant askedAt) {

        public boolean waits() {
            return account.isEmpty();
        }
    }

    /** Who waits, and then who signs in by an account of their own already: it may be the second of one person. */
    public List<Candidate> candidates() {
        return StreamSupport.stream(database.run(WAITING, "").spliterator(), false)
                .map(LinkStore::candidate)
                .toList();
    }

    /** What the provider calls those who are linked, by the names of their accounts. */
    public Map<String, String> linked() {
        var names = new HashMap<String, String>();
        database.run(LINKED).forEach(row -> names.put(row.getString("name"), row.getString("provider_name")));
        return names;
    }

    /**
     * From now on the provider alone signs this account's person in, and says what they may do. An account of their own that they had
     * until now is gone.
     *
     * @throws IllegalArgumentException when they are not there, the account is linked already, or no administrator would be left
     */
    public void link(String by, String account, String subject) {
        database.transaction(tx -> {
            var administrators = AccountStore.administrators(tx);
            var person = StreamSupport.stream(tx.run(WAITING, subject).spliterator(), false)
                    .map(LinkStore::candidate)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "this person has not tried to sign in this week: ask them to try, then link them"));
            if (!person.waits() && !person.account().equals(account)) {
                AccountStore.remove(tx, by, person.account(), "one person with " + account);
            }
            var words = AccountStore.words(person.scopes());
            if (tx.run(LINK, account, subject, person.name(), words).size() == 0) {
                throw new IllegalArgumentException("this account is linked already: unlink it first");
            }
            AccountStore.noRecovery(tx, account);
            waitsNoLonger(tx, subject);
            AccountStore.refuseIfLast(tx, administrators);
            SessionStore.endAll(tx, account);
            AuditStore.note(tx, by, "account_linked", account, person.name() + ", " + String.join(" ", words));
            return true;
        });
    }

    /**
     * From now on the account's person signs in with a password again. They may do what the provider said last.
     *
     * @return a first password: told once, to be changed at the first sign-in
     * @throws IllegalArgumentException when it is not linked
     */
    public String unlink(String by, String account) {
        var given = OneTimeCodes.recoveryCode();
        var kept = passwords.unchecked(given);
        database.transaction(tx -> {
            if (tx.run(UNLINK, account, kept).size() == 0) {
                throw new IllegalArgumentException("this account is not linked: look at it again");
            }
            SessionStore.endAll(tx, account);
            AuditStore.note(tx, by, "account_unlinked", account, "");
            return true;
        });
        return given;
    }

    /** Whoever has waited too long is forgotten too. */
    static void waitsNoLonger(Transaction tx, String subject) {
        tx.run(FORGET, subject);
    }

    private static Candidate candidate(Row row) {
        return new Candidate(
                row.getString("subject"),
                row.getString("provider_name"),
                AccountStore.scopes(row),
                row.getString("account"),
                instant(row, "asked_at"));
    }
}
