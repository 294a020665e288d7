package hotline.callback.staffline;

import hotline.base.database.Database;
import hotline.callback.Disposition;
import hotline.callback.Ladder;
import hotline.callback.Ledger;
import hotline.callback.Ledger.LastDial;
import hotline.callback.PhoneNumber;
import hotline.callback.RetryPlan;
import hotline.callback.StaffLineService;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What staff do by telephone: call-backs in the ledger, duty and codes in PostgreSQL. */
public final class StaffLineStore implements StaffLineService {

    private static final String ON_DUTY = """
            SELECT on_duty FROM responder WHERE id = $1
            """;

    private static final String DUTY = """
            UPDATE responder SET on_duty = $2 WHERE id = $1
            """;

    /** Somebody may be free for whom a call-back waits: dispatchers look now. */
    private static final String TELL = """
            SELECT pg_notify('hotline_wake', '')
            """;

    private final Database database;
    private final SignIns signIns;
    private final Picks picks;
    private final DispositionCorrection correction;

    /** @param node names this node's Asterisk, on which the staff line's legs live */
    public StaffLineStore(Database database, Ledger ledger, Supplier<Ladder> ladder, String node, PinHash pins) {
        this.database = database;
        signIns = new SignIns(database, pins);
        picks = new Picks(ledger, ladder, node);
        correction = new DispositionCorrection(ledger, RetryPlan.STANDARD);
    }

    @Override
    public SignIn signIn(String code, String pin) {
        return signIns.signIn(code, pin);
    }

    @Override
    public Queue waiting(String person) {
        return picks.waiting(person);
    }

    @Override
    public Picked pick(String person, UUID offer, Optional<PhoneNumber> from) {
        return picks.pick(person, offer, from);
    }

    @Override
    public boolean onDuty(String person) {
        for (var row : database.run(ON_DUTY, person)) {
            return row.getBoolean("on_duty");
        }
        return false;
    }

    @Override
    public void duty(String person, boolean onDuty) {
        database.transaction(tx -> {
            tx.run(DUTY, person, onDuty);
            return tx.run(TELL);
        });
    }

    @Override
    public Optional<Disposition> lastSaid(String person) {
        return last(person).map(LastDial::said);
    }

    /** The call-back that {@link #putRight} puts right, and what stands of it. */
    public Optional<LastDial> last(String person) {
        return correction.last(person);
    }

    @Override
    public boolean putRight(String person, Disposition disposition) {
        return correction.putRight(person, disposition);
    }
}
