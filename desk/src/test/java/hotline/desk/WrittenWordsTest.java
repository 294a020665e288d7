package hotline.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.desk.access.Scope;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever people write in their own words, by page or by the API, a telephone number is refused and a date is not. */
final class WrittenWordsTest {

    private static final String DATE = "Court date 11/24/2026, 10:30";
    private static final String NUMBER = "she is at (617) 234-5671";

    private static final AtomicInteger CALLERS = new AtomicInteger(2_000);

    private static RunningConsole hotline;
    private static Browsing sam;
    private static Browsing ada;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        sam = Browsing.as(hotline, "sam", Scope.SUPERVISOR);
        ada = Browsing.as(hotline, "ada", Scope.ADMINISTRATOR);
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    /** What is written where, as whoever does it sends it. */
    record Place(String name, Function<String, HttpResponse<String>> write) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Each by a number of its own. */
    private static UUID asked() {
        return hotline.stores.asked("617555" + CALLERS.incrementAndGet());
    }

    private static Place page(String act, String field, String... more) {
        return new Place("the page's " + act, words -> {
            var fields = Stream.concat(Stream.of(field, words), Stream.of(more)).toArray(String[]::new);
            return sam.part("/" + act.replace(":id", asked().toString()), fields);
        });
    }

    private static Place api(String act) {
        return new Place("the API's " + act, words -> {
            var body = new JsonObject().put("reason", words);
            if (act.equals("close")) {
                body.put("disposition", "talked");
            }
            return hotline.post("/api/v1/callbacks/" + asked() + "/" + act, body.encode());
        });
    }

    static Stream<Place> places() {
        return Stream.of(
                page("queue/:id/note", "note"),
                page("queue/:id/close", "reason", "disposition", "handled_elsewhere"),
                page("queue/:id/reveal", "reason"),
                page("wall/:id/close", "reason", "disposition", "handled_elsewhere"),
                api("close"),
                api("reveal"),
                new Place(
                        "the policy",
                        words -> ada.post(
                                "/policy/change",
                                Map.of(
                                        "ladder",
                                        "PT0S first, PT7M all",
                                        "languageFirst",
                                        "60",
                                        "reason",
                                        words,
                                        "seen",
                                        "0"))));
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_number_is_refused_and_kept_nowhere_and_a_date_is_kept(Place place) {
        hotline.empty();
        var refused = place.write.apply(NUMBER);
        assertEquals(422, refused.statusCode(), refused.body());
        assertTrue(refused.body().contains("can be a telephone number"), refused.body());
        assertTrue(new AuditStore(hotline.database)
                .page(Long.MAX_VALUE, "234-5671", 1)
                .isEmpty());
        var taken = place.write.apply(DATE);
        assertTrue(taken.statusCode() < 400, taken.body());
    }
}
