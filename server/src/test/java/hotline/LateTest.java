package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hotline.base.DatabaseUnavailable;
import hotline.callback.AlertService;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class LateTest {

    private final CompletableFuture<AlertService> service = new CompletableFuture<>();
    private final AlertService late = Late.of(AlertService.class, service);

    @Test
    void what_is_there_is_asked() {
        service.complete(alert -> alert == 17);
        assertEquals(true, late.seen(17));
        assertEquals(false, late.seen(18));
    }

    @Test
    void what_comes_while_it_is_asked_answers() {
        Thread.ofVirtual().start(() -> service.complete(_ -> true));
        assertEquals(true, late.seen(17));
    }

    @Test
    void what_does_not_come_is_a_database_that_is_away() {
        assertThrows(DatabaseUnavailable.class, () -> late.seen(17));
    }

    @Test
    void what_could_not_be_made_is_a_database_that_is_away() {
        service.completeExceptionally(new IllegalStateException());
        assertThrows(DatabaseUnavailable.class, () -> late.seen(17));
    }

    @Test
    void what_it_throws_is_thrown() {
        service.complete(_ -> {
            throw new IllegalArgumentException("a bug");
        });
        assertEquals(
                "a bug",
                assertThrows(IllegalArgumentException.class, () -> late.seen(17))
                        .getMessage());
    }
}
