package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.Call;
import hotline.call.CallerHungUp;
import hotline.call.Dial;
import hotline.call.Dialled.Result;
import hotline.prompts.Phrase;
import hotline.testkit.network.Talk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Silence is not absence: a line that sends nothing in silence goes on, and one that is dead ends. */
@Execution(ExecutionMode.CONCURRENT)
final class SilentLineIT {

    private static final Phrase QUESTION = new Phrase(List.of("press-1-to-take-it"));

    /** Longer than any limit for a line's silence that a telephone system is usually given. */
    private static final Duration LONG = Duration.ofSeconds(66);

    @TempDir
    private static Path home;

    private static SpokenTo spoken;

    @BeforeAll
    static void start() throws IOException {
        spoken = new SpokenTo(home);
    }

    @AfterAll
    static void stop() {
        spoken.close();
    }

    private static <T> T result(CompletableFuture<T> future) {
        return future.orTimeout(LONG.toSeconds() + 60, TimeUnit.SECONDS).join();
    }

    private static int listens(Call call, Duration atMost) {
        var bytes = new AtomicInteger();
        call.listen(atMost, sound -> bytes.addAndGet(sound.length));
        return bytes.get();
    }

    @Test
    void whoever_only_listens_is_spoken_to_and_asked_for_as_long_as_it_takes() {
        var long_ = new Phrase(Collections.nCopies((int) LONG.toSeconds(), "pause-1000"));
        var asked = spoken.does(call -> {
            call.say(long_);
            return call.ask(QUESTION, 1);
        });
        asked.call()
                .onAQuietLine()
                .dials()
                .waitsFor("press-1-to-take-it", LONG.plusSeconds(30))
                .waits(Duration.ofSeconds(2))
                .presses("1");
        assertEquals("1", result(asked.result()));
    }

    @Test
    void two_who_say_nothing_to_each_other_stay_connected() {
        spoken.network().phone("6175559101").onAQuietLine().answers();
        var dialled = spoken.does(
                call -> call.dial(new Dial.Outside("6175559101", "6174310125", true, Duration.ofSeconds(20))));
        var call = dialled.call().onAQuietLine().dials();
        var other = spoken.network()
                .phone("6175559101")
                .awaitRing(Duration.ofSeconds(20))
                .awaitTalk(Duration.ofSeconds(20));
        call.waits(LONG);
        assertFalse(other.isOver());
        other.says(700, Duration.ofSeconds(10));
        call.waitsForTone(700).hangsUp();
        assertEquals(Result.ANSWERED, result(dialled.result()).result());
    }

    @Test
    void a_message_on_a_line_that_sends_nothing_in_silence_is_heard_with_its_pauses_and_the_call_goes_on() {
        var left = spoken.does(call -> {
            var bytes = listens(call, Duration.ofSeconds(40));
            return bytes + " " + call.ask(QUESTION, 1);
        });
        left.call()
                .onAQuietLine()
                .dials()
                .waits(Duration.ofSeconds(4))
                .says(700, Duration.ofSeconds(2))
                .waits(Duration.ofSeconds(6))
                .says(700, Duration.ofSeconds(2))
                .waitsFor("press-1-to-take-it")
                .waits(Duration.ofSeconds(1))
                .presses("1");
        var told = result(left.result()).split(" ");
        assertEquals("1", told[1], "the caller is still there after the silence that ended the message");
        var seconds = Integer.parseInt(told[0]) / 16_000.0;
        assertTrue(seconds > 9 && seconds < 16, () -> "heard for " + seconds + " s");
    }

    @Test
    void whoever_says_nothing_at_all_into_a_message_is_asked_what_they_want() {
        var left = spoken.does(call -> listens(call, Duration.ofSeconds(40)) + call.ask(QUESTION, 1));
        left.call()
                .onAQuietLine()
                .dials()
                .waitsFor("press-1-to-take-it")
                .waits(Duration.ofSeconds(1))
                .presses("1");
        assertEquals("01", result(left.result()));
    }

    @Test
    void a_name_and_an_entry_come_from_a_line_that_sends_nothing_in_silence() {
        var entered = spoken.does(call -> {
            var name = call.record(Duration.ofSeconds(8));
            return (name.length > 16_000) + " " + call.askAhead(QUESTION, 4);
        });
        entered.call()
                .onAQuietLine()
                .dials()
                .waits(Duration.ofSeconds(2))
                .says(700, Duration.ofSeconds(2))
                .waitsFor("press-1-to-take-it")
                .waits(Duration.ofSeconds(3))
                .presses("12")
                .waits(Duration.ofSeconds(3))
                .presses("34");
        assertEquals("true 1234", result(entered.result()));
    }

    /** The shortest time there is for this (RFC 4028): ours is longer, and ends within five minutes in the same way. */
    @Test
    void a_caller_whose_line_is_dead_is_noticed_by_the_signalling() {
        var asked = spoken.does(call -> {
            call.pause(Duration.ofMinutes(3));
            return "still there";
        });
        var call = asked.call()
                .with("Supported", "timer")
                .with("Session-Expires", "90;refresher=uas")
                .dials();
        dies(call, asked.result());
    }

    private static void dies(Talk call, CompletableFuture<String> result) {
        call.dies();
        try {
            throw new AssertionError("not noticed, but " + result(result));
        } catch (CompletionException e) {
            assertInstanceOf(CallerHungUp.class, e.getCause());
        }
    }
}
