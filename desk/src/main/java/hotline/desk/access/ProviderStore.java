package hotline.desk.access;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import java.util.Set;
import java.util.UUID;

/**
 * Accounts of those for whom an OpenID provider vouches. One is made at the first sign-in, has no password here, and follows what
 * the provider says that the person may do.
 */
public final class ProviderStore {

    private static final String BY_SUBJECT = """
            SELECT * FROM account WHERE subject = $1 FOR UPDATE
            """;

    private static final String PROVIDE = """
            INSERT INTO account (name, id, scopes, subject, first) VALUES ($1, $2, $3, $4, false)
            ON CONFLICT DO NOTHING RETURNING *
            """;

    private static final String SCOPES = """
            UPDATE account SET scopes = $2 WHERE name = $1 RETURNING *
            """;

    private final Database database;

    public ProviderStore(Database database) {
        this.database = database;
    }

    /**
     * @param subject the issuer and its lasting name for the person: a name that is given anew there opens nobody's account here
     * @param name used at the first sign-in; it stays
     * @param scopes at least one
     * @throws IllegalArgumentException when the name cannot be, or is another account's
     */
    public Account provided(String subject, String name, Set<Scope> scopes) {
        var words = AccountStore.words(scopes);
        return database.transaction(tx -> {
            var there = AccountStore.first(tx.run(BY_SUBJECT, subject));
            if (there.isPresent() && there.get().scopes().equals(scopes)) {
                return there.get();
            }
            var account = there.isPresent()
                    ? AccountStore.first(tx.run(SCOPES, there.get().name(), words))
                            .orElseThrow()
                    : AccountStore.first(tx.run(PROVIDE, AccountStore.free(name), UUID.randomUUID(), words, subject))
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "the name " + name + " belongs to another account here"));
            SessionStore.endAll(tx, account.name());
            var act = there.isPresent() ? "account_changed" : "account_opened";
            AuditStore.note(tx, "provider", act, account.name(), String.join(" ", words));
            return account;
        });
    }
}
