package hotline.callback.simulation;

import hotline.callback.Ledger;
import hotline.callback.Role;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.staff.Responder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The ledger of a hotline. */
final class PostgresLedgerTest extends LedgerContract {

    private static RunningDatabase stores;

    @BeforeAll
    static void starts() {
        stores = RunningDatabase.withClockSetByHand(NOON);
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @AfterEach
    void empties() {
        stores.empty();
    }

    @Override
    Ledger ledger() {
        return stores.ledger;
    }

    @Override
    void setClock(Instant time) {
        stores.setClock(time);
    }

    @Override
    void hire(String id, Role role, String phone) {
        stores.staff.save(new Responder(id, id, phone, List.of("en"), role, true));
    }
}
