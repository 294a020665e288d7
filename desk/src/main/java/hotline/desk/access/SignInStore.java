package hotline.desk.access;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.desk.access.AccountStore.Kept;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Signs people in. Tries with a name are few in a quarter of an hour; a browser in which the person has signed in before, and a
 * recovery code of theirs, are counted apart, so that a stranger who uses them up does not lock the person out.
 */
public final class SignInStore {

    private static final int LONGEST_NAME = 64;
    private static final Buffer STRANGER = Buffer.buffer();

    private static final String KNOWN = """
            SELECT 1 FROM known_device WHERE fingerprint = $1 AND account = $2 AND seen_at > clock_timestamp() - interval '90 days'
            """;

    /** What a browser shows is good for one sign-in, so that nobody else's word is ever adopted. */
    private static final String RENEW = """
            UPDATE known_device SET fingerprint = $2 WHERE fingerprint = $1
            """;

    private static final String KNOW = """
            WITH forgotten AS (DELETE FROM known_device WHERE seen_at < clock_timestamp() - interval '90 days')
            INSERT INTO known_device (fingerprint, account, seen_at) VALUES ($1, $2, clock_timestamp())
            ON CONFLICT (fingerprint, account) DO UPDATE SET seen_at = clock_timestamp()
            """;

    private static final String STEP = """
            UPDATE account SET totp_step = $2 WHERE name = $1 AND totp_step < $2 RETURNING name
            """;

    private static final String ON_PAPER = """
            SELECT 1 FROM recovery_code WHERE account = $1 AND fingerprint = $2
            """;

    private static final String RECOVERED = """
            DELETE FROM recovery_code WHERE account = $1 AND fingerprint = $2 RETURNING account
            """;

    private final Database database;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final Passwords passwords;
    private final FailureStore failures;
    private final InstantSource clock;

    public SignInStore(
            Database database, AccountStore accounts, SessionStore sessions, Passwords passwords, InstantSource clock) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.failures = new FailureStore(database);
        this.clock = clock;
    }

    /**
     * What a browser sends.
     *
     * @param code of the app, or a recovery code, or empty
     */
    public record Try(String name, String password, String code, Browser from) {}

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

    /** Whether this person has signed in in this browser before. */
    public boolean isAtHome(String name, Optional<String> device) {
        return known(counted(name), device).isPresent();
    }

    /** Does the same work for a name that is nobody's as for a wrong password. */
    public Result signIn(Try tried) {
        var name = counted(tried.name());
        var kept = accounts.kept(name);
        var paper = paper(name, tried.code());
        var from = paper.or(() -> known(name, tried.from().device())).orElse(STRANGER);
        if (!failures.admits(name, from)) {
            noteOnce(kept);
            return new Result.TooManyTries();
        }
        var hash = kept.filter(found -> !found.stale()).map(Kept::password).orElse("");
        if (!passwords.matches(
                        hash,
                        kept.map(found -> found.typed(tried.password())).orElse(tried.password()),
                        from.length() > 0)
                || kept.isEmpty()
                || !secondFactor(kept.get(), tried.code(), paper)) {
            return new Result.Refused();
        }
        failures.takeBack(name, from);
        return in(kept.get().account(), tried.from(), paper.isPresent() ? "by a recovery code" : "");
    }

    /** Somebody whom another party vouches for, such as an OpenID provider. */
    public Result.In vouched(Account account, Browser from) {
        return in(account, from, "by the provider");
    }

    private Result.In in(Account account, Browser from, String how) {
        var session = sessions.begin(account.name(), from.session(), from.kind());
        var device = Secret.made();
        from.device().ifPresent(text -> database.run(RENEW, Secret.fingerprint(text), Secret.fingerprint(device)));
        database.run(KNOW, Secret.fingerprint(device), account.name());
        new AuditStore(database).note(account.name(), "signed_in", account.name(), how);
        return new Result.In(sessions.find(session).orElseThrow(), session, device);
    }

    /** Once in a quarter of an hour, and without what was typed where it is nobody's name: it may be a password. */
    private void noteOnce(Optional<Kept> kept) {
        var name = kept.map(found -> found.account().name()).orElse("");
        if (failures.toBeNoted(name)) {
            new AuditStore(database)
                    .note("sign-in", "sign_in_held_back", name.isEmpty() ? "a name that is nobody's" : name, "");
        }
    }

    /** Whatever was typed as a name counts, and no more of it than a name may have. */
    private static String counted(String typed) {
        var name = typed.strip().toLowerCase(Locale.ROOT).replace("\0", "");
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    private Optional<Buffer> known(String name, Optional<String> device) {
        return device.map(Secret::fingerprint)
                .filter(bytes -> database.run(KNOWN, bytes, name).size() == 1);
    }

    /** The fingerprint of a recovery code, if it is one of this person's. */
    private Optional<Buffer> paper(String name, String code) {
        return OneTimeCodes.recoveryCode(code)
                .map(Secret::fingerprint)
                .filter(bytes -> database.run(ON_PAPER, name, bytes).size() == 1);
    }

    /** Each code signs in once, on any node. */
    private boolean secondFactor(Kept kept, String code, Optional<Buffer> paper) {
        var name = kept.account().name();
        if (paper.isPresent()) {
            return database.run(RECOVERED, name, paper.get()).size() == 1;
        }
        if (kept.totpSecret().isEmpty()) {
            return true;
        }
        var step = OneTimeCodes.step(kept.totpSecret().get(), code, kept.totpStep(), clock.instant());
        return step.isPresent() && database.run(STEP, name, step.getAsLong()).size() == 1;
    }
}
