package hotline.callback.staffline;

import hotline.base.database.Database;
import hotline.callback.StaffLineService.SignIn;
import java.time.Duration;
import java.util.Optional;

/** Who signs in to the staff line by code and PIN; tries are limited by answers that come later and later. */
final class SignIns {

    private static final int LONGEST_SECONDS = 45;

    /** So many failures of everybody in the window slow all answers by a second more. */
    private static final int FAILURES_A_SECOND = 10;

    private static final String FAILED = """
            INSERT INTO sign_in_failure (staff_code, at) VALUES ($1, clock_timestamp())
            """;

    private static final String FORGET = """
            DELETE FROM sign_in_failure WHERE at < clock_timestamp() - interval '1 hour'
            """;

    private static final String FAILURES = """
            SELECT count(*) FILTER (WHERE staff_code = $1) AS of_code, count(*) AS of_all FROM sign_in_failure
            WHERE at > clock_timestamp() - interval '1 hour'
            """;

    /** Takes back the one try that signed in; the failures before it go on counting. */
    private static final String SIGNED_IN = """
            DELETE FROM sign_in_failure WHERE ctid =
                (SELECT ctid FROM sign_in_failure WHERE staff_code = $1 ORDER BY at DESC LIMIT 1)
            """;

    private static final String BY_CODE = """
            SELECT id, pin_hash FROM responder WHERE staff_code = $1 AND pin_hash IS NOT NULL AND role <> 'officer'
            """;

    private final Database database;
    private final PinHash pins;

    SignIns(Database database, PinHash pins) {
        this.database = database;
        this.pins = pins;
    }

    /** Each try counts as a failure before it is judged, so that many calls at one moment slow each other too. */
    SignIn signIn(String code, String pin) {
        database.run(FAILED, code);
        var failures = database.run(FAILURES, code).iterator().next();
        var heldBack = heldBack(failures.getLong("of_code") - 1, failures.getLong("of_all") - 1);
        var person = Optional.<String>empty();
        var known = new byte[0];
        for (var row : database.run(BY_CODE, code)) {
            person = Optional.of(row.getString("id"));
            known = row.getBuffer("pin_hash").getBytes();
        }
        var right = pins.matches(known, person.orElse(""), pin);
        if (right) {
            database.run(SIGNED_IN, code);
        }
        database.run(FORGET);
        return new SignIn(person.filter(_ -> right), heldBack);
    }

    private static Duration heldBack(long ofCode, long ofAll) {
        var code = ofCode < 3 ? 0 : Math.min(LONGEST_SECONDS, 1L << Math.min(ofCode - 2, 10));
        var all = Math.min(LONGEST_SECONDS, ofAll / FAILURES_A_SECOND);
        return Duration.ofSeconds(Math.max(code, all));
    }
}
