package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.TelephoneNetwork;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Staff who call in from a plain phone and make the call-back that waits. */
final class StaffLineIT {

    private static final String CALLER = "6172345678";
    private static final String STAFF_LINE = "16175550100";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private TelephoneNetwork network;
    private Hotline hotline;

    @BeforeEach
    void nobody_is_called() {
        network = TelephoneNetwork.start();
        hotline = Hotline.in(home).starts(network);
        for (var sample : List.of("rosa", "sam")) {
            staff(sample, new JsonObject());
        }
    }

    @AfterEach
    void ends() {
        hotline.close();
        network.close();
    }

    private void staff(String id, JsonObject signIn) {
        var person = new JsonObject()
                .put("name", id)
                .put("phone", "6175550111")
                .put("languages", new JsonArray().add("en"))
                .put("role", "responder")
                .put("on_duty", false)
                .mergeIn(signIn);
        var saved = hotline.api().put("/api/v1/responders/" + id, person.encode());
        assertEquals(204, saved.statusCode(), saved.body());
    }

    private void asks() {
        var call = network.call("16174310125").anonymous().dials();
        call.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu").presses("1");
        call.waitsFor("ask-number")
                .presses(CALLER)
                .waitsFor("confirm-read-back")
                .presses("1");
        call.waitsFor("ask-message").presses("2").waitsFor("ask-caller-id").presses("2");
        call.waitsFor("ask-name").presses("2").waitsFor("promise-by").waitsFor("promise-end", SOON);
        call.staysUntilHungUp();
    }

    private JsonObject callback() {
        return new JsonArray(hotline.api().get("/api/v1/callbacks?state=all").body()).getJsonObject(0);
    }

    @Test
    void a_staff_member_calls_in_takes_the_call_back_and_talks_with_the_caller() {
        staff("ana", new JsonObject().put("staff_code", "2044").put("pin", "730518"));
        asks();
        network.phone(CALLER)
                .answers()
                .says(900, Duration.ofSeconds(12))
                .waitsForTone(500)
                .hangsUp();

        var call = network.call(STAFF_LINE).dials();
        call.waitsFor("ask-staff-code").presses("2044").waitsFor("ask-pin").presses("730518");
        call.waitsFor("staff-menu", SOON).presses("1").waitsFor("staff-waiting-one", SOON);
        call.waitsFor("staff-menu", SOON).presses("2").waitsFor("offer-taken", SOON);
        call.waitsForTone(900);
        call.says(500, Duration.ofSeconds(4));
        call.waitsFor("disposition-menu", SOON).presses("1").waitsFor("disposition-noted", SOON);

        var until = System.nanoTime() + SOON.toNanos();
        while (!"closed".equals(callback().getString("state"))) {
            assertTrue(System.nanoTime() < until, () -> callback().encodePrettily());
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        assertEquals("kept", callback().getString("standing"));
        assertTrue(callback().getBoolean("reached"));
        assertEquals(1, network.phone(CALLER).rings().size());
        call.waitsFor("staff-menu", SOON).hangsUp();
    }
}
