package hotline.desk.access;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.desk.access.OpenIdProvider.Person;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Accounts of those for whom an OpenID provider vouches. One is made at the first sign-in, has no password here, and follows what
 * the provider says that the person may do. Whose name is somebody's here already waits until an administrator has linked them
 * ({@link LinkStore}): that two names are alike does not show that they are one person.
 */
public final class ProviderStore {

    private static final String BY_SUBJECT = """
            SELECT * FROM account WHERE subject = $1 FOR UPDATE
            """;

    private static final String PROVIDE = """
            INSERT INTO account (name, id, scopes, subject, provider_name, first) VALUES ($1, $2, $3, $4, $5, false)
            ON CONFLICT DO NOTHING RETURNING *
            """;

    private static final String FOLLOW = """
            UPDATE account SET scopes = $2, provider_name = $3 WHERE name = $1 RETURNING *
            """;

    private static final String OF_ANOTHER_DOMAIN = """
            SELECT 1 FROM account WHERE name = $1 AND provider_name LIKE '%@%' AND split_part(provider_name, '@', 2) <> $2
            """;

    private static final String WAIT = """
            INSERT INTO waits_for_link (subject, provider_name, scopes, asked_at) VALUES ($1, $2, $3, clock_timestamp())
            ON CONFLICT (subject) DO UPDATE
                SET provider_name = excluded.provider_name, scopes = excluded.scopes, asked_at = excluded.asked_at
            """;

    private final Database database;

    public ProviderStore(Database database) {
        this.database = database;
    }

    /** The person's account; empty where an administrator has to say first which one is theirs. */
    public Optional<Account> provided(Person person) {
        return database.transaction(tx -> {
            var account = theirs(tx, person)
                    .or(() -> opened(tx, person))
                    // Two sign-ins at one moment: the other one has opened it.
                    .or(() -> theirs(tx, person));
            if (account.isEmpty()) {
                tx.run(WAIT, person.subject(), person.name(), AccountStore.words(person.scopes()));
            }
            return account;
        });
    }

    private static Optional<Account> theirs(Transaction tx, Person person) {
        return AccountStore.first(tx.run(BY_SUBJECT, person.subject())).map(before -> {
            var words = AccountStore.words(person.scopes());
            var now = AccountStore.first(tx.run(FOLLOW, before.name(), words, person.name()))
                    .orElseThrow();
            if (!before.scopes().equals(now.scopes())) {
                SessionStore.endAll(tx, now.name());
                AuditStore.note(tx, "provider", "account_changed", now.name(), String.join(" ", words));
            }
            return now;
        });
    }

    private static Optional<Account> opened(Transaction tx, Person person) {
        var words = AccountStore.words(person.scopes());
        return names(tx, person)
                .flatMap(
                        name -> AccountStore.first(
                                tx.run(PROVIDE, name, UUID.randomUUID(), words, person.subject(), person.name()))
                                .stream())
                .findFirst()
                .map(account -> {
                    LinkStore.waitsNoLonger(tx, person.subject());
                    var what = String.join(" ", words) + ", " + person.name();
                    AuditStore.note(tx, "provider", "account_opened", account.name(), what);
                    return account;
                });
    }

    /** What the account may be called; with its domain where only that tells it from somebody else of the provider's. */
    private static Stream<String> names(Transaction tx, Person person) {
        var told = person.shortName() + "-at-" + person.domain();
        var apart = !person.domain().isEmpty()
                && tx.run(OF_ANOTHER_DOMAIN, person.shortName(), person.domain())
                                .size()
                        == 1;
        return Stream.of(person.shortName(), apart ? told : "").filter(AccountStore::isFree);
    }
}
