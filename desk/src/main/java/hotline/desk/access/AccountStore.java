package hotline.desk.access;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.base.keys.Vault;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Accounts in PostgreSQL. What changes one is audited in the same transaction, and ends the person's sessions. */
public final class AccountStore {

    private static final int RECOVERY_CODES = 8;

    private static final String SAVE = """
            INSERT INTO account (name, id, scopes, password, first, given_at)
            VALUES ($1, $2, $3, $4, $5, clock_timestamp())
            ON CONFLICT (name) DO UPDATE SET scopes = excluded.scopes, password = coalesce(excluded.password, account.password),
                first = CASE WHEN excluded.password IS NULL THEN account.first ELSE excluded.first END,
                given_at = CASE WHEN excluded.password IS NULL THEN account.given_at ELSE excluded.given_at END
            """;

    private static final String REMOVE = """
            DELETE FROM account WHERE name = $1 RETURNING name
            """;

    private static final String ALL = """
            SELECT * FROM account ORDER BY name
            """;

    private static final String ONE = """
            SELECT *, first AND given_at < clock_timestamp() - interval '3 days' AS stale FROM account WHERE name = $1
            """;

    private static final String ADMINISTRATORS = """
            SELECT name FROM account WHERE 'administrator' = ANY (scopes) ORDER BY name FOR UPDATE
            """;

    private static final String PASSWORD = """
            UPDATE account SET password = $2, first = $3 WHERE name = $1
            """;

    private static final String SECOND_FACTOR = """
            UPDATE account SET totp_encrypted = $2, totp_step = $3 WHERE name = $1 AND subject IS NULL RETURNING name
            """;

    private static final String NO_RECOVERY = """
            DELETE FROM recovery_code WHERE account = $1
            """;

    private static final String RECOVERY = """
            INSERT INTO recovery_code (account, fingerprint) VALUES ($1, $2)
            """;

    /** Where a password is typed by who is signed in already. */
    private static final Buffer AT_HOME = Buffer.buffer("at home");

    private final Database database;
    private final Vault vault;
    private final Passwords passwords;
    private final FailureStore failures;

    /** @param vault encrypts the authenticators' secrets */
    public AccountStore(Database database, Vault vault, Passwords passwords) {
        this.database = database;
        this.vault = vault;
        this.passwords = passwords;
        this.failures = new FailureStore(database);
    }

    /**
     * What is kept of a person's secrets, for who judges a sign-in.
     *
     * @param stale whether another person gave the password, too long ago to be good
     */
    record Kept(Account account, String password, boolean stale, Optional<byte[]> totpSecret, long totpStep) {

        /** A first password is typed from paper, as recovery codes are; a chosen one is what was typed. */
        String typed(String password) {
            return account.first() ? OneTimeCodes.recoveryCode(password).orElse(password) : password;
        }
    }

    /**
     * Adds an account or changes what it may do.
     *
     * @param by who does this
     * @return for a new one, or where it is asked for, a first password: told once, to be changed at the first sign-in
     */
    public Optional<String> save(String by, String name, Set<Scope> scopes, boolean newPassword) {
        var account = free(name);
        if (scopes.isEmpty() || scopes.contains(Scope.TEXT_SYSTEM)) {
            throw new IllegalArgumentException("scopes: name at least one that a person may have");
        }
        var words = words(scopes);
        return database.transaction(tx -> {
            var administrators = administrators(tx);
            var before = roles(tx, account);
            if (first(tx.run(ONE, account)).filter(Account::provided).isPresent()) {
                throw new IllegalArgumentException(
                        "name: the provider says what " + account + " may do: change it there");
            }
            var given = newPassword || before.isEmpty()
                    ? Optional.of(OneTimeCodes.recoveryCode())
                    : Optional.<String>empty();
            var kept = given.map(passwords::unchecked).orElse(null);
            tx.run(SAVE, account, UUID.randomUUID(), words, kept, true);
            refuseIfLast(tx, administrators);
            SessionStore.endAll(tx, account);
            var roles = String.join(" ", words);
            AuditStore.note(
                    tx,
                    by,
                    before.isEmpty() ? "account_opened" : given.isPresent() ? "password_given" : "account_changed",
                    account,
                    before.filter(text -> !text.equals(roles))
                            .map(text -> text + " → " + roles)
                            .orElse(roles));
            return given;
        });
    }

    private static Optional<String> roles(Transaction tx, String account) {
        for (var row : tx.run(ONE, account)) {
            return Optional.of(
                    Arrays.stream(row.getArrayOfStrings("scopes")).sorted().collect(Collectors.joining(" ")));
        }
        return Optional.empty();
    }

    /** Held until the end, so that of two administrators not each takes the other away. */
    static int administrators(Transaction tx) {
        return tx.run(ADMINISTRATORS).size();
    }

    static void refuseIfLast(Transaction tx, int before) {
        if (before > 0 && administrators(tx) == 0) {
            throw new IllegalArgumentException(
                    "this is the last administrator: give another account that role first, so that somebody can still change things here");
        }
    }

    /** An account whose password is known to everybody: for a rehearsal. What is there stays. */
    public void rehearse(String name, Set<Scope> scopes, String password) {
        var words = words(scopes);
        if (find(name).isEmpty()) {
            database.run(SAVE, name, UUID.randomUUID(), words, passwords.unchecked(password), false);
        }
    }

    /** False when there is none of this name. Whoever it was is signed out everywhere. */
    public boolean remove(String by, String name) {
        return database.transaction(tx -> {
            var administrators = administrators(tx);
            var there = remove(tx, by, name, "");
            refuseIfLast(tx, administrators);
            return there;
        });
    }

    static boolean remove(Transaction tx, String by, String name, String why) {
        var there = tx.run(REMOVE, name).size() == 1;
        if (there) {
            AuditStore.note(tx, by, "account_ended", name, why);
        }
        return there;
    }

    static void noRecovery(Transaction tx, String name) {
        tx.run(NO_RECOVERY, name);
    }

    public List<Account> all() {
        return StreamSupport.stream(database.run(ALL).spliterator(), false)
                .map(AccountStore::account)
                .toList();
    }

    public Optional<Account> find(String name) {
        return kept(name).map(Kept::account);
    }

    Optional<Kept> kept(String name) {
        for (var row : database.run(ONE, name)) {
            var account = account(row);
            var secret = Optional.ofNullable(row.getBuffer("totp_encrypted"))
                    .map(bytes -> vault.open(bytes.getBytes(), account.id()));
            var password = Optional.ofNullable(row.getString("password")).orElse("");
            return Optional.of(new Kept(account, password, row.getBoolean("stale"), secret, row.getLong("totp_step")));
        }
        return Optional.empty();
    }

    /**
     * Whoever sits at a browser that is signed in shows that it is theirs.
     *
     * @throws IllegalArgumentException when the password is not theirs, or was wrong too often
     */
    public void confirm(String name, String password) {
        if (!failures.admits(name, AT_HOME)) {
            throw new IllegalArgumentException("that was wrong too often: wait a quarter of an hour, then try again");
        }
        var kept = kept(name);
        var typed = kept.map(found -> found.typed(password)).orElse(password);
        if (!passwords.matches(kept.map(Kept::password).orElse(""), typed, true)) {
            throw new IllegalArgumentException("the password that you have now is not this one: type it again");
        }
        failures.takeBack(name, AT_HOME);
    }

    /** @throws IllegalArgumentException when the old one is not right, or the new one is too easy to guess */
    public void choosePassword(String name, String old, String chosen) {
        confirm(name, old);
        if (old.equals(chosen)) {
            throw new IllegalArgumentException("that is the password that you have now: choose another");
        }
        var hash = passwords.choose(name, chosen);
        database.transaction(tx -> {
            tx.run(PASSWORD, name, hash, false);
            SessionStore.endAll(tx, name);
            AuditStore.note(tx, name, "password_chosen", name, "");
            return true;
        });
    }

    /**
     * From now on a code of this app is asked for; other browsers are signed out.
     *
     * @param step of the code that showed that the app has the secret
     * @param session that this browser shows
     * @return codes for when the app is lost, told once
     */
    public List<String> addSecondFactor(Account account, byte[] secret, long step, String session) {
        var codes = Stream.generate(OneTimeCodes::recoveryCode)
                .limit(RECOVERY_CODES)
                .toList();
        database.transaction(tx -> {
            tx.run(SECOND_FACTOR, account.name(), Buffer.buffer(vault.encrypt(secret, account.id())), step);
            noRecovery(tx, account.name());
            codes.forEach(code -> tx.run(RECOVERY, account.name(), Secret.fingerprint(code)));
            SessionStore.endOthers(tx, account.name(), session);
            AuditStore.note(tx, account.name(), "second_factor_added", account.name(), "");
            return true;
        });
        return codes;
    }

    /**
     * Who lost both app and codes signs in by password alone, until they add another app.
     *
     * @return false when nobody of this name has an account here
     */
    public boolean removeSecondFactor(String by, String name) {
        return database.transaction(tx -> {
            var there = tx.run(SECOND_FACTOR, name, null, 0L).size() == 1;
            if (there) {
                noRecovery(tx, name);
                SessionStore.endAll(tx, name);
                AuditStore.note(tx, by, "second_factor_removed", name, "");
            }
            return there;
        });
    }

    /** A name that people may have: in the audit this one is whoever shows the operator's token. */
    static String free(String name) {
        if (name.equals("administrator")) {
            throw new IllegalArgumentException("name: the holder of HOTLINE_API_TOKEN is called so: take another");
        }
        return Account.name(name);
    }

    static boolean isFree(String name) {
        try {
            return !free(name).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static Optional<Account> first(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(AccountStore::account)
                .findFirst();
    }

    static Set<Scope> scopes(Row row) {
        return Arrays.stream(row.getArrayOfStrings("scopes"))
                .map(text -> Scope.valueOf(text.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Account account(Row row) {
        return new Account(
                row.getString("name"),
                row.getUUID("id"),
                scopes(row),
                row.getBoolean("first"),
                row.getBuffer("totp_encrypted") != null,
                row.getString("subject") != null);
    }

    static String[] words(Set<Scope> scopes) {
        return scopes.stream().map(AccountStore::word).sorted().toArray(String[]::new);
    }

    private static String word(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }
}
