package hotline.desk.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.desk.RunningConsole;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A number is told to who says why, and never without a trace. Over HTTP, on a real database. */
final class RevealApiTest {

    private static final AtomicReference<RunningConsole> STARTED = new AtomicReference<>();
    private static final String WHY = "the telephones are down";

    private final RunningConsole hotline = STARTED.get();

    @BeforeAll
    static void starts() {
        STARTED.set(new RunningConsole());
    }

    @AfterAll
    static void ends() {
        STARTED.get().close();
    }

    @BeforeEach
    void empty() {
        hotline.empty();
    }

    private UUID asked() {
        return hotline.asks("6175551234", "en", Duration.ofMinutes(30)).callback();
    }

    private static String because(String reason) {
        return new JsonObject().put("reason", reason).encode();
    }

    private JsonArray audit() {
        var reveals = new JsonArray();
        new JsonArray(hotline.get("/api/v1/audit").body())
                .stream()
                        .map(JsonObject.class::cast)
                        .filter(json -> json.getString("act").equals("revealed"))
                        .forEach(reveals::add);
        return reveals;
    }

    private String history(UUID callback) {
        return new JsonObject(hotline.get("/api/v1/callbacks/" + callback).body())
                .getJsonArray("history")
                .encode();
    }

    @Test
    void a_number_is_told_with_a_reason_and_both_audit_and_history_say_so() {
        var callback = asked();
        var before = audit().size();
        var told = hotline.post("/api/v1/callbacks/" + callback + "/reveal", because(WHY));
        assertEquals(200, told.statusCode(), told.body());
        assertEquals("6175551234", new JsonObject(told.body()).getString("number"));
        assertEquals(before + 1, audit().size());
        var entry = audit().getJsonObject(0);
        assertEquals(callback.toString(), entry.getString("subject"));
        assertEquals(WHY, entry.getString("reason"));
        assertTrue(history(callback).contains("revealed"), history(callback));
        assertTrue(!history(callback).contains("5551234"));
    }

    @Test
    void without_a_reason_nothing_is_told_and_nothing_is_noted() {
        var callback = asked();
        var before = audit().size();
        for (var reason : new String[] {"", "short", "x".repeat(301), "with a\nline break"}) {
            var told = hotline.post("/api/v1/callbacks/" + callback + "/reveal", because(reason));
            assertEquals(422, told.statusCode(), reason);
            assertTrue(!told.body().contains("5551234"));
        }
        assertEquals(before, audit().size());
        assertTrue(!history(callback).contains("revealed"));
    }

    @Test
    void where_the_audit_cannot_be_written_nothing_is_told() {
        var callback = asked();
        hotline.database.run("ALTER TABLE audit ADD CONSTRAINT full_of_it CHECK (act <> 'revealed') NOT VALID");
        var told = hotline.post("/api/v1/callbacks/" + callback + "/reveal", because(WHY));
        hotline.database.run("ALTER TABLE audit DROP CONSTRAINT full_of_it");
        assertEquals(500, told.statusCode());
        assertTrue(!told.body().contains("5551234"));
        assertTrue(!history(callback).contains("revealed"));
    }

    @Test
    void what_is_not_there_or_erased_is_not_told() {
        var nobody = hotline.post("/api/v1/callbacks/" + UUID.randomUUID() + "/reveal", because(WHY));
        assertEquals(404, nobody.statusCode());
        assertEquals(
                404, hotline.post("/api/v1/callbacks/1/reveal", because(WHY)).statusCode());
        var callback = asked();
        hotline.database.run("ALTER TABLE callback DROP CONSTRAINT open_has_a_number");
        hotline.database.run(
                "UPDATE callback SET number_encrypted = NULL, number_fingerprint = NULL WHERE id = $1", callback);
        assertEquals(
                410,
                hotline.post("/api/v1/callbacks/" + callback + "/reveal", because(WHY))
                        .statusCode());
    }
}
