package hotline.callback.simulation;

import hotline.callback.Ledger;
import hotline.callback.Ledger.Person;
import hotline.callback.Role;
import java.time.Instant;
import java.util.Set;

/** The ledger of the simulation. */
final class MemoryLedgerTest extends LedgerContract implements MemoryLedger.Surroundings {

    private final MemoryLedger ledger = new MemoryLedger(this);
    private Instant now = NOON;

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    void setClock(Instant time) {
        now = time;
    }

    @Override
    void hire(String id, Role role, String phone) {
        ledger.put(new Person(id, phone, role, Set.of("en"), true, false, false, Instant.EPOCH));
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Instant steady() {
        return NOON;
    }
}
