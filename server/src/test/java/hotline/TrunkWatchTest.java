package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.callback.Outcome;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.ledger.TrunkStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrunkWatchTest {

    private static RunningDatabase stores;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void starts() {
        stores = new RunningDatabase();
    }

    @AfterAll
    static void ends() {
        stores.close();
    }

    @AfterEach
    void empties() {
        stores.empty();
    }

    /** Calls to one caller came to this, one after the other. */
    private static void dialled(List<Outcome> outcomes) {
        var callback = stores.asked("6175550141");
        stores.database.run("INSERT INTO responder (id, name, phone, languages, role, on_duty)"
                + " VALUES ('rosa', 'Rosa', '6175550142', '{en}', 'responder', false) ON CONFLICT DO NOTHING");
        var minute = 20;
        for (var outcome : outcomes) {
            var offer = UUID.randomUUID();
            minute--;
            stores.database.run(
                    "INSERT INTO offer (id, callback_id, responder_id, node, called_in_as, offered_at, lease_until,"
                            + " ended_at, outcome) VALUES ($1, $2, 'rosa', 'n', 'responder', now(), now(), now(), 'taken')",
                    offer,
                    callback);
            stores.database.run(
                    "INSERT INTO attempt (callback_id, offer_id, dialled_at, ended_at, outcome)"
                            + " VALUES ($1, $2, now(), now() - $3 * interval '1 min', $4)",
                    callback,
                    offer,
                    minute,
                    outcome.name().toLowerCase(Locale.ROOT));
        }
    }

    private double failing() {
        new TrunkWatch(new TrunkStore(stores.database), meters).look();
        return meters.get("hotline.trunk.failing").gauge().value();
    }

    @ParameterizedTest
    @CsvSource({
        "0, TRUNK_REFUSED CONGESTED",
        "1, TRUNK_REFUSED CONGESTED TRUNK_REFUSED",
        "1, ANSWERED CONGESTED CONGESTED CONGESTED",
        "1, CONGESTED CONGESTED GIVEN_UP LOST CONGESTED",
        "0, CONGESTED CONGESTED CONGESTED ANSWERED",
        "0, CONGESTED CONGESTED CONGESTED BUSY",
        "0, DECLINED BLOCKED NO_SUCH_NUMBER",
    })
    void what_is_not_carried_three_times_in_a_row_is_an_alarm(int failing, String outcomes) {
        dialled(List.of(outcomes.split(" ")).stream().map(Outcome::valueOf).toList());
        assertEquals(failing, failing());
    }

    @Test
    void without_any_call_there_is_no_alarm() {
        assertEquals(0, failing());
    }
}
