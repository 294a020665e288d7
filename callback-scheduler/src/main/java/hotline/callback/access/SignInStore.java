package hotline.callback.access;

import hotline.callback.access.AccountStore.Kept;
import hotline.callback.store.AuditStore;
import hotline.callback.store.Database;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Signs people in. Tries with a name are few in a quarter of an hour; a browser in which the person has signed in before, and a
 * recovery code, are counted apart, so that a stranger who uses them up does not lock the person out.
 */
public final class SignInStore {

    private static final int MOST_FAILURES = 5;
    private static final Buffer STRANGER = Buffer.buffer();

    private static final String FAILURES = """
            SELECT count(*) AS n FROM account_failure
            WHERE account = $1 AND device = $2 AND at > clock_timestamp() - interval '15 minutes'
            """;

    private static final String FAILED = """
            INSERT INTO account_failure (account, device) VALUES ($1, $2)
            """;

    /** Takes back the one try that signed in. */
    private static final String SUCCEEDED = """
            DELETE FROM account_failure WHERE ctid =
                (SELECT ctid FROM account_failure WHERE account = $1 AND device = $2 ORDER BY at DESC LIMIT 1)
            """;

    private static final String FORGET = """
            DELETE FROM account_failure WHERE at < clock_timestamp() - interval '1 day'
            """;

    private static final String KNOWN = """
            SELECT 1 FROM known_device WHERE mark = $1 AND account = $2 AND seen_at > clock_timestamp() - interval '90 days'
            """;

    private static final String KNOW = """
            INSERT INTO known_device (mark, account) VALUES ($1, $2)
            ON CONFLICT (mark) DO UPDATE SET account = excluded.account, seen_at = clock_timestamp()
            """;

    private static final String STEP = """
            UPDATE account SET totp_step = $2 WHERE name = $1 AND totp_step < $2 RETURNING name
            """;

    private static final String RECOVERED = """
            DELETE FROM recovery_code WHERE account = $1 AND mark = $2 RETURNING account
            """;

    private final Database database;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final Passwords passwords;
    private final InstantSource clock;

    public SignInStore(
            Database database, AccountStore accounts, SessionStore sessions, Passwords passwords, InstantSource clock) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.clock = clock;
    }

    /**
     * What a browser sends.
     *
     * @param code of the app, or a recovery code, or empty
     * @param device what it was given at an earlier sign-in
     */
    public record Try(String name, String password, String code, Optional<String> device, Optional<String> session) {}

    /** What came of it. */
    public sealed interface Result {

        /**
         * Signed in.
         *
         * @param session what the browser shows from now on
         * @param device what it shows at its next sign-in
         */
        record In(Session of, String session, String device) implements Result {}

        record Refused() implements Result {}

        record TooManyTries() implements Result {}
    }

    public Result signIn(Try tried) {
        // Whatever was typed as a name counts, and no more of it than a name may have.
        var name = tried.name().strip().toLowerCase(Locale.ROOT);
        var counted = name.substring(0, Math.min(64, name.length())).replace("\0", "");
        var kept = counted.equals(name) ? accounts.kept(name) : Optional.<Kept>empty();
        var device = tried.device()
                .filter(it -> database.run(KNOWN, Secret.mark(it), counted).size() == 1)
                .map(Secret::mark)
                .orElse(STRANGER);
        var recovered = recovers(kept, tried.code());
        database.run(FAILED, counted, device);
        var failures = database.run(FAILURES, counted, device).iterator().next().getLong("n");
        if (failures > MOST_FAILURES && !recovered) {
            return new Result.TooManyTries();
        }
        var right = passwords.matches(kept.map(Kept::password).orElse(""), tried.password());
        if (!right || kept.isEmpty() || !(recovered || secondFactor(kept.get(), tried.code()))) {
            database.run(FORGET);
            return new Result.Refused();
        }
        database.run(SUCCEEDED, counted, device);
        return in(kept.get().account(), tried, recovered ? "by a recovery code" : "");
    }

    /** Somebody whom another party vouches for, such as an OpenID provider. */
    public Result.In vouched(Account account, Optional<String> device, Optional<String> session) {
        return in(account, new Try(account.name(), "", "", device, session), "by the provider");
    }

    private Result.In in(Account account, Try tried, String how) {
        var session = sessions.begin(account.name(), tried.session());
        var device = tried.device().orElseGet(Secret::made);
        database.run(KNOW, Secret.mark(device), account.name());
        new AuditStore(database).note(account.name(), "signed_in", account.name(), how);
        return new Result.In(sessions.find(session).orElseThrow(), session, device);
    }

    private boolean recovers(Optional<Kept> kept, String code) {
        return kept.isPresent()
                && code.contains("-")
                && database.run(RECOVERED, kept.get().account().name(), Secret.mark(code.strip()))
                                .size()
                        == 1;
    }

    /** Each code of the app signs in once, on any node. */
    private boolean secondFactor(Kept kept, String code) {
        if (kept.totpSecret().isEmpty()) {
            return true;
        }
        var step = OneTimeCodes.step(kept.totpSecret().get(), code.replace(" ", ""), kept.totpStep(), clock.instant());
        return step.isPresent()
                && database.run(STEP, kept.account().name(), step.getAsLong()).size() == 1;
    }
}
