package hotline.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.agi.AgiLimits;
import hotline.agi.AgiServer;
import hotline.call.Call;
import hotline.call.CallerHungUp;
import hotline.call.Dial;
import hotline.call.Dialled;
import hotline.call.Dialled.Result;
import hotline.call.Flow;
import hotline.prompts.Language;
import hotline.prompts.Phrase;
import hotline.testkit.network.LoneAsterisk;
import hotline.testkit.network.Talk;
import hotline.testkit.network.TelephoneNetwork;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each verb of a call on the real Asterisk: what is said to it in lines, heard and pressed at a telephone. */
final class VerbsIT {

    private static final Phrase MENU = new Phrase(List.of("one-moment", "screen-tip-call"));
    private static final String MENU_BEGINS = "one-moment";
    private static final Phrase NEXT = new Phrase(List.of("press-1-to-take-it"));
    private static final Duration RINGING = Duration.ofSeconds(3);

    @TempDir
    private static Path home;

    private static TelephoneNetwork network;
    private static LoneAsterisk asterisk;
    private static final Vertx VERTX = Vertx.vertx();
    private static volatile Flow flow = _ -> {};

    @BeforeAll
    static void start() throws IOException {
        network = TelephoneNetwork.withoutCarrier();
        asterisk = new LoneAsterisk(home, network);
        Files.write(home.resolve("sounds/en/beep.sln"), new byte[3_200]);
        new AgiServer(
                        VERTX,
                        AgiLimits.STANDARD,
                        Map.of("trauma-line", call -> flow.run(call)),
                        home.resolve("tmp"),
                        new SimpleMeterRegistry())
                .listen("127.0.0.1", asterisk.agiPort())
                .await();
    }

    @AfterAll
    static void stop() {
        VERTX.close().await();
        asterisk.close();
        network.close();
    }

    private static <T> CompletableFuture<T> does(Function<Call, T> verbs) {
        var result = new CompletableFuture<T>();
        flow = call -> {
            try {
                call.answer();
                result.complete(verbs.apply(call));
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
                throw e;
            }
        };
        return result;
    }

    private static Talk caller() {
        return network.call("16174310125").dials();
    }

    private static <T> T result(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    @ParameterizedTest
    @CsvSource({"123456,123456", "12#,12", "1*3456,1*3456", "#,''", "*,*", "12,12", "123456#,123456"})
    void keys_pressed_during_the_phrase_are_the_answer(String pressed, String answer) {
        var keys = does(call -> {
            var entry = call.askAhead(MENU, 6);
            // A key too many is still being pressed.
            call.pause(Duration.ofMillis(500));
            return entry;
        });
        caller().waitsFor(MENU_BEGINS).presses(pressed);
        assertEquals(answer, result(keys));
    }

    @ParameterizedTest
    @CsvSource({"123456,123456", "12#,12", "4,4"})
    void keys_pressed_after_the_phrase_are_the_answer(String pressed, String answer) {
        var keys = does(call -> call.askAhead(MENU, 6));
        caller().waitsFor("screen-tip-call").waits(Duration.ofMillis(500)).presses(pressed);
        assertEquals(answer, result(keys));
    }

    @Test
    void silence_is_an_empty_answer_after_ten_seconds() {
        var begun = System.nanoTime();
        var keys = does(call -> call.askAhead(NEXT, 6));
        caller();
        assertEquals("", result(keys));
        assertTrue(System.nanoTime() - begun > Duration.ofSeconds(10).toNanos());
    }

    @Test
    void a_pound_key_that_trails_a_full_entry_does_not_answer_the_next_question() {
        var keys = does(call -> call.askAhead(MENU, 4) + "," + call.askAhead(NEXT, 1));
        var call = caller().waitsFor(MENU_BEGINS).presses("1234#");
        call.waitsFor("press-1-to-take-it").presses("9");
        assertEquals("1234,9", result(keys));
    }

    @Test
    void keys_typed_ahead_answer_the_next_question_too() {
        var keys = does(call -> call.askAhead(MENU, 1) + call.askAhead(NEXT, 1) + call.askAhead(NEXT, 1));
        caller().waitsFor(MENU_BEGINS).presses("123");
        assertEquals("123", result(keys));
    }

    @Test
    void a_key_during_a_pause_answers_the_next_question() {
        var keys = does(call -> {
            call.say(NEXT);
            call.pause(Duration.ofSeconds(2));
            return call.askAhead(MENU, 1);
        });
        var call = caller().waitsFor("press-1-to-take-it")
                .waits(Duration.ofMillis(300))
                .presses("7");
        assertEquals("7", result(keys));
        call.staysUntilHungUp();
        assertEquals(List.of("press-1-to-take-it"), call.heard());
    }

    @Test
    void what_is_said_is_heard_in_the_language_chosen_and_keys_do_not_stop_an_announcement() {
        flow = call -> {
            call.answer();
            call.speak(Language.ES);
            call.announce(MENU);
            call.hangUp();
        };
        var call = caller().presses("12").staysUntilHungUp();
        assertEquals(
                List.of("one-moment es", "screen-tip-call es"),
                call.heardInDetail().stream()
                        .map(heard -> heard.prompt() + " " + heard.language())
                        .toList());
    }

    @Test
    void a_voice_is_recorded_until_the_pound_key_and_played_back() throws IOException {
        var voice = does(call -> {
            call.announce(NEXT);
            var recorded = call.record(Duration.ofSeconds(10));
            call.play(recorded);
            return recorded;
        });
        var call = caller().waitsFor("press-1-to-take-it").waits(Duration.ofMillis(500));
        call.says(700, Duration.ofSeconds(2))
                .waits(Duration.ofSeconds(1))
                .presses("#")
                .waitsForTone(700);
        var seconds = result(voice).length / 16_000.0;
        assertTrue(seconds > 0.5 && seconds < 2.5, () -> "recorded for " + seconds + " s");
        call.staysUntilHungUp();
        assertEquals(List.of(), left());
    }

    @Test
    void a_recording_ends_with_silence_and_with_a_hang_up() {
        var voice = does(call -> call.record(Duration.ofSeconds(20)));
        caller().says(700, Duration.ofSeconds(1));
        assertTrue(result(voice).length < 16_000 * 6);
        var cut = does(call -> call.record(Duration.ofSeconds(20)));
        caller().waits(Duration.ofSeconds(1)).hangsUp();
        assertHungUp(cut);
        assertEquals(List.of(), left());
    }

    @Test
    void a_voice_is_heard_as_it_is_spoken_and_is_in_no_file() {
        var heard = new ByteArrayOutputStream();
        var filesMeanwhile = new AtomicInteger();
        var voice = does(call -> {
            call.announce(NEXT);
            call.listen(Duration.ofSeconds(20), sound -> {
                heard.writeBytes(sound);
                filesMeanwhile.addAndGet(left().size());
            });
            return heard.size();
        });
        caller().waitsFor("press-1-to-take-it")
                .waits(Duration.ofSeconds(2))
                .says(700, Duration.ofSeconds(3))
                .waits(Duration.ofSeconds(2))
                .presses("#");
        var seconds = result(voice) / 16_000.0;
        assertTrue(seconds > 1.5 && seconds < 4, () -> "heard for " + seconds + " s");
        assertEquals(0, filesMeanwhile.get());
    }

    @Test
    void listening_ends_with_silence_with_its_time_and_with_a_hang_up() {
        var silence = does(call -> listens(call, Duration.ofSeconds(30)));
        caller().waits(Duration.ofSeconds(1)).says(700, Duration.ofSeconds(2));
        assertTrue(result(silence) > 16_000, "what was said");
        var time = does(call -> listens(call, Duration.ofSeconds(3)));
        caller().says(700, Duration.ofSeconds(8));
        assertTrue(result(time) < 16_000 * 4);
        var cut = does(call -> listens(call, Duration.ofSeconds(20)));
        caller().waits(Duration.ofSeconds(2)).hangsUp();
        assertHungUp(cut);
    }

    private static int listens(Call call, Duration atMost) {
        var bytes = new AtomicInteger();
        call.listen(atMost, sound -> bytes.addAndGet(sound.length));
        return bytes.get();
    }

    private static List<Path> left() {
        try (var files = Files.list(home.resolve("tmp"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertHungUp(CompletableFuture<?> result) {
        try {
            throw new AssertionError("not hung up, but " + result(result));
        } catch (CompletionException e) {
            assertInstanceOf(CallerHungUp.class, e.getCause());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"say", "announce", "ask", "wait", "digits", "pause", "between"})
    void a_hang_up_ends_whatever_goes_on(String verb) {
        var entered = new CompletableFuture<Boolean>();
        var gone = new CompletableFuture<Boolean>();
        var long_ = new Phrase(java.util.Collections.nCopies(20, "one-moment"));
        var result = does(call -> {
            entered.complete(true);
            switch (verb) {
                case "say" -> call.say(long_);
                case "announce" -> call.announce(long_);
                case "ask" -> call.askAhead(long_, 6);
                case "wait" -> call.askAhead(NEXT, 6);
                case "digits" -> call.askAhead(NEXT, 6);
                case "pause" -> call.pause(Duration.ofSeconds(20));
                default -> gone.join();
            }
            // What is said to a caller who leaves just then is said to nobody, and only what follows notices.
            call.say(NEXT);
            call.pause(Duration.ofSeconds(1));
            return "still there";
        });
        var call = caller();
        entered.join();
        if (verb.equals("digits")) {
            call.presses("1");
        }
        call.waits(Duration.ofMillis(verb.equals("wait") ? 1_500 : 300)).hangsUp();
        gone.complete(true);
        var begun = System.nanoTime();
        assertHungUp(result);
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(1).toNanos());
    }

    private static Dialled dials(String number) {
        var dialled = does(call -> call.dial(new Dial.Outside(number, "6174310125", true, RINGING)));
        caller();
        return result(dialled);
    }

    @Test
    void the_network_says_how_a_dial_ended() {
        network.phone("6175551111").isBusy();
        network.phone("6175551112").doesNotExist();
        network.phone("6175551113").isCongested();
        network.phone("6175551114").ringsUnanswered();
        network.phone("6175551115").answers().waits(Duration.ofSeconds(2)).hangsUp();
        assertEquals(Result.BUSY, dials("6175551111").result());
        assertEquals(Result.NO_SUCH_NUMBER, dials("6175551112").result());
        assertEquals(Result.CONGESTED, dials("6175551113").result());
        assertEquals(Result.NO_ANSWER, dials("6175551114").result());
        var talked = dials("6175551115");
        assertEquals(Result.ANSWERED, talked.result());
        assertTrue(talked.talked().toSeconds() >= 1, talked::toString);
    }

    @Test
    void our_own_side_hangs_up_during_the_talk_and_the_outcome_is_known_all_the_same() {
        network.phone("6175551116").answers().says(500, Duration.ofSeconds(5));
        var last = new CompletableFuture<Optional<Dialled>>();
        var dialled = does(call -> {
            var ended = call.dial(new Dial.Outside("6175551116", "6174310125", true, RINGING));
            last.complete(call.lastDialled());
            return ended;
        });
        caller().waitsForTone(500).hangsUp();
        assertEquals(Result.ANSWERED, result(dialled).result());
        assertEquals(Result.ANSWERED, result(last).orElseThrow().result());
    }

    @Test
    void our_own_side_gives_up_while_it_rings() {
        network.phone("6175551117").ringsUnanswered();
        var dialled = does(call -> {
            assertEquals(Optional.empty(), call.lastDialled());
            return call.dial(new Dial.Outside("6175551117", "6174310125", true, Duration.ofSeconds(20)));
        });
        var call = caller();
        network.phone("6175551117").awaitRing(Duration.ofSeconds(5));
        call.hangsUp();
        assertEquals(Result.GIVEN_UP, result(dialled).result());
    }
}
