package hotline.callback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.callback.CallbackService.Change;
import hotline.callback.PhoneNumber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Callers who change their numbers at the same time as others. */
final class NumberChangeTest {

    private static final PhoneNumber ONE = new PhoneNumber("6175550142");
    private static final PhoneNumber OTHER = new PhoneNumber("6175550143");

    @Test
    void two_callers_who_change_to_each_others_number_do_not_wait_for_each_other() throws Exception {
        try (var stores = new RunningDatabase();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var callbacks = stores.callbacks(Duration.ofMinutes(30));
            for (var round = 0; round < 5; round++) {
                var one = stores.asked(ONE.digits());
                var other = stores.asked(OTHER.digits());
                var changes = threads.invokeAll(List.<Callable<Change>>of(
                        () -> callbacks.changeNumber(one, OTHER), () -> callbacks.changeNumber(other, ONE)));
                for (var change : changes) {
                    change.get();
                }
                assertEquals(1, open(stores), "both numbers are one caller's then, and the older request stays");
                stores.empty();
            }
        }
    }

    private static long open(RunningDatabase stores) {
        return stores.database
                .run("SELECT count(*) AS n FROM callback WHERE state <> 'closed'")
                .iterator()
                .next()
                .getLong("n");
    }
}
