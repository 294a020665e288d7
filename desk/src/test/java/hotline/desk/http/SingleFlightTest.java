package hotline.desk.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.DatabaseUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SingleFlightTest {

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void whoever_asks_later_is_told_what_is_seen_later() {
        var shared = new SingleFlight<>(looks::incrementAndGet);
        assertEquals(1, shared.get());
        assertEquals(2, shared.get());
    }

    @Test
    void many_who_ask_during_one_look_share_the_next_and_none_gets_one_from_before() throws InterruptedException {
        var held = new CountDownLatch(1);
        var asked = new CountDownLatch(50);
        var shared = new SingleFlight<>(() -> {
            var look = looks.incrementAndGet();
            await(look == 1 ? held : new CountDownLatch(0));
            return look;
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(shared::get, threads);
            while (looks.get() == 0) {
                Thread.onSpinWait();
            }
            var others = IntStream.range(0, 50)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> {
                                asked.countDown();
                                return shared.get();
                            },
                            threads))
                    .toList();
            asked.await();
            held.countDown();
            assertEquals(1, first.join());
            others.forEach(future -> assertTrue(future.join() >= 2));
        }
    }

    @Test
    void a_look_that_fails_is_told_as_that_and_the_next_is_a_new_one() {
        var shared = new SingleFlight<>(() -> {
            if (looks.incrementAndGet() == 1) {
                throw new DatabaseUnavailable("gone", new IllegalStateException());
            }
            return "there";
        });
        assertThrows(DatabaseUnavailable.class, shared::get);
        assertEquals("there", shared.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
