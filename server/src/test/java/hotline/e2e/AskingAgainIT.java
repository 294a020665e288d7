package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Talk;
import hotline.testkit.network.TelephoneNetwork;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers who ask again, callers who come when many wait, and supervisors who are called before it goes wrong. */
@Order(1)
final class AskingAgainIT {

    private static final String CALLER = "6172345678";
    private static final String OTHER_PHONE = "6172345679";
    private static final String SUPERVISOR = "6175550121";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private Rehearsal rehearsal;
    private TelephoneNetwork network;
    private Desk desk;

    @BeforeEach
    void nobody_is_on_duty() {
        rehearsal = Rehearsal.in(home);
        network = rehearsal.network();
        desk = rehearsal.desk();
    }

    @AfterEach
    void ends() {
        rehearsal.close();
    }

    @Test
    void a_second_request_is_taken_in_the_same_words_and_who_comes_after_many_hears_an_honest_time() {
        desk.staff("ana", "6175550111", "responder", true);
        network.phone("6175550111").ringsUnanswered();
        var first = wishes(asks(CALLER), "1")
                .waitsFor("promise-by")
                .waitsFor("promise-end", SOON)
                .staysUntilHungUp();
        var due = desk.callback().getString("due_at");

        // Perhaps somebody else at the same phone, who is told nothing of the first and undoes nothing of it.
        var again = wishes(asks(CALLER), "2")
                .waitsFor("promise-by")
                .waitsFor("promise-end", SOON)
                .staysUntilHungUp();
        assertEquals(first.heard(), again.heard());
        assertEquals(due, desk.callback().getString("due_at"));
        assertEquals(2, desk.callback().getInteger("times_asked"));
        assertFalse(desk.callback().getBoolean("message_ok"), "what gives less away is done");

        // Who hangs up after confirming the number is owed a call.
        var others = Stream.of("6172345670", "6172345671").map(this::asks).toList();
        others.forEach(talk -> talk.waitsFor("ask-message", SOON).hangsUp());

        desk.staff("sue", SUPERVISOR, "supervisor", true);
        network.phone(SUPERVISOR).ringsUnanswered();
        var late = asks("6172345672").waitsFor("crowded").waitsFor("crowded-choices", SOON);
        assertTrue(network.phone(SUPERVISOR).rings().isEmpty(), "while the caller is on the line");
        wishes(late.presses("2"), "2")
                .waitsFor("expect-about")
                .waitsFor("promise-end", SOON)
                .staysUntilHungUp();
        network.phone(SUPERVISOR).awaitRing(SOON);

        assertEquals(cancels(CALLER), cancels(OTHER_PHONE), "whether one waits or not");
        assertEquals(3, waiting());
        assertEquals(cancels(CALLER), cancels(CALLER), "once or twice");
    }

    private List<String> cancels(String number) {
        var call = network.call("16174310125").from("+1" + number).dials();
        call.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu").presses("3");
        return call.waitsFor("confirm-cancel")
                .presses("1")
                .waitsFor("cancelled")
                .staysUntilHungUp()
                .heard();
    }

    @Test
    void a_gap_in_the_rota_rings_the_supervisor_who_has_seen_it() {
        network.phone(SUPERVISOR)
                .answers()
                .waitsFor("rota-gap")
                .waitsFor("press-2-if-seen")
                .presses("2")
                .waitsFor("offer-seen");
        desk.staff("sue", SUPERVISOR, "supervisor", true);
        network.phone(SUPERVISOR).awaitRing(SOON.plus(SOON)).awaitTalk(SOON).staysUntilHungUp();
        var alert = new JsonArray(desk.hotline().api().get("/api/v1/alerts").body()).getJsonObject(0);
        assertTrue(alert.getString("seen_at") != null, alert::encodePrettily);
    }

    /** English, and a call-back. */
    private Talk chooses(String number) {
        var call = network.call("16174310125").from("+1" + number).dials();
        return call.waitsFor("spanish-offer")
                .presses("1")
                .waitsFor("trauma-menu")
                .presses("1");
    }

    /** At this number; when it is entered the rest is told. */
    private Talk asks(String number) {
        return chooses(number).waitsFor("use-this-number", SOON).presses("1");
    }

    private static Talk wishes(Talk call, String message) {
        call.waitsFor("ask-message").presses(message).waitsFor("ask-caller-id").presses("2");
        return call.waitsFor("ask-name").presses("2");
    }

    private long waiting() {
        return new JsonArray(
                        desk.hotline().api().get("/api/v1/callbacks?state=open").body())
                .size();
    }
}
