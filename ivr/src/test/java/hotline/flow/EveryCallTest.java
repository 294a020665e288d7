package hotline.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.call.CallerHungUp;
import hotline.call.Flow;
import hotline.callback.Callback.Ask;
import hotline.callback.OfferService.Offered;
import hotline.callback.Role;
import hotline.callback.Standing;
import hotline.callback.Wishes;
import hotline.flow.Referrals.Referral;
import hotline.prompts.Prompt;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Walks every flow: at each question silence, a wrong key, star and each way on; and a hang-up at every verb of each of
 * these calls. No call may end on an unfinished word, run for ever, or leave a request behind that nobody made.
 */
final class EveryCallTest {

    private static final UUID UNSAID = UUID.randomUUID();
    private static final int DEEPEST = 4;
    private static final int MOST_VERBS = 200;

    /** What a call may end with: last words, or a talk with a person. */
    private static final Set<String> ENDINGS = Set.of(
            "TIPS_GOODBYE",
            "NO_OFFICER_FREE",
            "PROMISE_END",
            "TRAUMA_GOODBYE",
            "STAFF_GOODBYE",
            "OFFER_PASSED",
            FakeCall.TALK);

    /** A flow with desks of its own, and the keys that its callers press. */
    record Walk(String name, List<String> keys, Supplier<Flow> flow) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Walk> walks() {
        return List.of(
                new Walk(
                        "tip line",
                        List.of("", "7", "*", "0", "1", "2", "3", "4", "042917", "04", "111111"),
                        EveryCallTest::tipLine),
                new Walk(
                        "trauma line",
                        List.of("", "7", "*", "0", "1", "2", "3", "4", "6172345678", "9115551234", "617"),
                        () -> new TraumaLine(new Desks.Callbacks(), new Desks.Staff(), ZoneId.of("America/New_York"))),
                new Walk("offer", List.of("", "7", "*", "0", "1", "2", "3", "4", "5"), EveryCallTest::offer),
                new Walk("rota gap", List.of("", "7", "*", "0", "1", "2"), () -> new RotaGap(_ -> true)),
                new Walk(
                        "staff line",
                        List.of("", "7", "*", "0", "1", "2", "3", "4", "2001", "730518"),
                        () -> new StaffLine(
                                new Desks.Line(), new Desks.Offers(), Desks.Talks.withOne(), new Desks.Staff())),
                new Walk(
                        "how did it go",
                        List.of("", "7", "*", "0", "1", "2", "3", "4", "5"),
                        () -> new HowDidItGo(Desks.Talks.with(UNSAID))));
    }

    private static Flow tipLine() {
        var referrals = new Referrals(
                List.of(
                        new Referral(Prompt.REFERRAL_NORTH_STAR, "6173436503"),
                        new Referral(Prompt.REFERRAL_SAFETY_NET, "8774346384"),
                        new Referral(Prompt.REFERRAL_SEXUAL_ASSAULT, "6173434400"),
                        new Referral(Prompt.REFERRAL_HUMAN_TRAFFICKING, "6173436533")),
                "8004948477");
        return new TipLine(new Desks.Tips(), new Desks.Spoken(), new Desks.Staff(), referrals, new SecureRandom());
    }

    private static Flow offer() {
        var desk = new Desks.Offers();
        desk.offered = new Offered.Fresh(
                Duration.ofMinutes(3),
                new Ask(Wishes.cautious("en"), false),
                true,
                1,
                Role.RESPONDER,
                Standing.AT_RISK,
                false);
        return new Offer(desk);
    }

    private static FakeCall call(List<String> keys) {
        return new FakeCall()
                .with("HOTLINE_OFFER", UUID.randomUUID().toString())
                .with("HOTLINE_ALERT", "17")
                .with("HOTLINE_CALLBACK", UNSAID.toString())
                .presses(keys.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("walks")
    void every_way_through_ends_in_words_or_with_a_person(Walk walk) {
        var calls = 0;
        for (var keys : ways(walk)) {
            var call = call(keys);
            walk.flow.get().run(call);
            assertTrue(call.ended(), () -> "not hung up after " + keys);
            assertTrue(call.verbs() < MOST_VERBS, () -> "goes on and on after " + keys);
            assertTrue(
                    ENDINGS.contains(call.heard().getLast()),
                    () -> keys + " ends with " + call.heard().getLast());
            calls++;
        }
        assertTrue(calls >= 10, "too few ways were walked: " + calls);
    }

    @ParameterizedTest
    @MethodSource("walks")
    void a_hang_up_at_every_verb_ends_the_call_there(Walk walk) {
        var hangUps = 0;
        for (var keys : ways(walk)) {
            if (hangUps > 5_000) {
                break;
            }
            var whole = call(keys);
            walk.flow.get().run(whole);
            for (var verb = 1; verb <= whole.verbs(); verb++) {
                var call = call(keys).hangsUpAt(verb);
                assertThrows(CallerHungUp.class, () -> walk.flow.get().run(call));
                assertEquals(verb, call.verbs(), () -> "a verb was spoken to nobody after " + keys);
                assertFalse(call.ended());
                hangUps++;
            }
        }
    }

    /** All key sequences up to a depth, but only through questions that are really asked. */
    private static List<List<String>> ways(Walk walk) {
        var ways = new ArrayList<List<String>>();
        grow(walk, List.of(), ways);
        return ways;
    }

    private static void grow(Walk walk, List<String> keys, List<List<String>> ways) {
        ways.add(keys);
        var asked = call(keys);
        walk.flow.get().run(asked);
        if (keys.size() == DEEPEST || !asked.pressedAll()) {
            return;
        }
        for (var key : walk.keys) {
            var longer = new ArrayList<>(keys);
            longer.add(key);
            grow(walk, longer, ways);
        }
    }
}
