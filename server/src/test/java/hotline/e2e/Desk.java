package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.Talk;
import hotline.testkit.network.TelephoneNetwork;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** One hotline as its staff see it, with the one call-back that a test asks for. */
record Desk(Hotline hotline) {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** Asks for a call-back by keypad; neither message nor name. */
    static Talk asks(TelephoneNetwork network, String number, String showKey) {
        var call = leaves(network, number);
        call.presses("2").waitsFor("ask-caller-id").presses(showKey);
        call.waitsFor("ask-name").presses("2").waitsFor("promise-by").waitsFor("promise-end", SOON);
        call.staysUntilHungUp();
        return call;
    }

    /** Leaves the number and hangs up as soon as it is confirmed: a call is owed. */
    static void leavesANumber(TelephoneNetwork network, String number) {
        leaves(network, number).hangsUp();
    }

    private static Talk leaves(TelephoneNetwork network, String number) {
        var call = network.call("16174310125").anonymous().dials();
        call.waitsFor("spanish-offer").presses("1").waitsFor("trauma-menu").presses("1");
        call.waitsFor("ask-number")
                .presses(number)
                .waitsFor("confirm-read-back")
                .presses("1");
        return call.waitsFor("ask-message");
    }

    void staff(String id, String phone, String role, boolean onDuty) {
        var saved = hotline.api()
                .put(
                        "/api/v1/responders/" + id,
                        new JsonObject()
                                .put("name", id)
                                .put("phone", phone)
                                .put("languages", new JsonArray().add("en").add("es"))
                                .put("role", role)
                                .put("on_duty", onDuty)
                                .encode());
        assertEquals(204, saved.statusCode(), saved.body());
    }

    /** Waits until the one request is entered. */
    JsonObject awaitsRequest() {
        var until = System.nanoTime() + SOON.toNanos();
        for (var all = hotline.api().get("/api/v1/callbacks?state=all");
                all.statusCode() != 200 || new JsonArray(all.body()).isEmpty();
                all = hotline.api().get("/api/v1/callbacks?state=all")) {
            var answer = all.statusCode() + " " + all.body();
            assertTrue(System.nanoTime() < until, () -> "no request is entered: " + answer);
            pause();
        }
        return callback();
    }

    JsonObject callback() {
        return theOnly(hotline.api().get("/api/v1/callbacks?state=all").body());
    }

    private static JsonObject theOnly(String callbacks) {
        var all = new JsonArray(callbacks);
        assertEquals(1, all.size());
        return all.getJsonObject(0);
    }

    String history() {
        return hotline.api()
                .get("/api/v1/callbacks/" + callback().getString("id"))
                .body();
    }

    void awaits(String field, Object value, Duration atMost) {
        var until = System.nanoTime() + atMost.toNanos();
        while (!value.equals(now(field))) {
            assertTrue(
                    System.nanoTime() < until,
                    () -> field + " is not " + value + ": " + callback().encodePrettily());
            pause();
        }
    }

    void awaitsInHistory(String words) {
        var until = System.nanoTime() + 2 * SOON.toNanos();
        while (!history().contains(words)) {
            assertTrue(System.nanoTime() < until, () -> words + " is not in " + history());
            pause();
        }
    }

    /** Unknown while the server or its database is gone. */
    private Object now(String field) {
        try {
            var answer = hotline.api().get("/api/v1/callbacks?state=all");
            return answer.statusCode() == 200 ? theOnly(answer.body()).getValue(field) : "unknown";
        } catch (UncheckedIOException serverIsGone) {
            return "unknown";
        }
    }

    static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
}
