package hotline.desk.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.audit.AuditStore;
import hotline.callback.Disposition;
import hotline.callback.OfferService.MayDial;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.Outcome;
import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.desk.Browsing;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue, one call-back, and my duty, over HTTP. */
final class QueuePagesTest {

    private static RunningConsole hotline;
    private static Browsing rosa;
    private static Browsing ben;
    private static Browsing sam;

    @BeforeAll
    static void starts() {
        hotline = new RunningConsole();
        rosa = Browsing.as(hotline, "rosa", Scope.RESPONDER);
        ben = Browsing.as(hotline, "ben", Scope.RESPONDER);
        sam = Browsing.as(hotline, "sam", Scope.SUPERVISOR);
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    @BeforeEach
    void staff() {
        hotline.empty();
        hotline.phones.rings.clear();
        hotline.phones.tested.clear();
        hotline.phones.busy = Set.of();
        hotline.phones.ready = true;
        person("rosa", "Rosa", "6175550101", Role.RESPONDER);
        person("ben", "Ben", "6175550102", Role.RESPONDER);
        person("sam", "Sam", "6175550103", Role.SUPERVISOR);
    }

    private static void person(String id, String name, String phone, Role role) {
        hotline.staff.save(new Responder(id, name, phone, List.of("en"), role, true));
    }

    private static UUID asked(String number) {
        return hotline.stores.asked(number);
    }

    private static void says(HttpResponse<String> answer, int status, String words) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(words), answer.body());
    }

    private static String at(UUID callback) {
        return "/queue/" + callback;
    }

    private static UUID lastRing() {
        return hotline.phones.rings.getLast().offer();
    }

    /** Calls, and says nothing at the end of it. */
    private static void talks(Browsing who, UUID callback, Optional<Disposition> said) {
        says(who.part(at(callback) + "/call"), 200, "Your phone rings");
        assertTrue(hotline.offers.take(lastRing()).isPresent());
        assertTrue(hotline.offers.dial(lastRing()) instanceof MayDial.Yes);
        hotline.offers.settle(lastRing(), Outcome.ANSWERED, said);
    }

    @Test
    void what_is_late_stands_on_top_and_every_line_says_it_in_words() {
        asked("6172345671");
        hotline.stores.age(asked("6172345672"), Duration.ofMinutes(22));
        hotline.stores.age(asked("6172345673"), Duration.ofMinutes(36));
        var page = rosa.get("/queue/list").body();
        var late = page.indexOf("6 min late, promise broken");
        var risk = page.indexOf("min left, at risk");
        assertTrue(late > 0 && late < risk && risk < page.indexOf("29 min left"), page);
        assertTrue(page.contains("English, asked "), page);
        assertTrue(page.contains("First try · No message · Hide our number"), page);
        assertTrue(page.contains("data-to-call=\"3\" data-late=\"1\""), page);
        assertTrue(page.contains("On duty: Ben, Rosa."), page);
        assertFalse(page.contains("234567"), page);
    }

    @Test
    void an_empty_queue_says_so_and_a_gap_in_the_rota_stands_on_top() {
        says(rosa.get("/queue"), 200, "Nobody is waiting for a call.");
        hotline.stores.database.run("UPDATE responder SET on_duty = false");
        hotline.rota.look();
        says(rosa.get("/queue"), 200, "Nobody is on duty to call back now, and nobody is scheduled after that.");
        says(rosa.get("/queue"), 200, "You are off duty");
    }

    @Test
    void fifty_are_shown_and_the_rest_stands_on_pages_of_its_own() {
        for (var i = 0; i < 60; i++) {
            asked("61723456" + (10 + i));
        }
        var page = rosa.get("/queue").body();
        assertEquals(50, page.split("class=\"row\"", -1).length - 1);
        assertTrue(page.contains("And 10 more"), page);
        var next = page.substring(page.indexOf("/queue?after="));
        var more = rosa.get(next.substring(0, next.indexOf('"'))).body();
        assertEquals(10, more.split("class=\"row\"", -1).length - 1);
    }

    @Test
    void who_calls_is_called_for_that_one_and_is_its_owner_for_everybody() {
        asked("6172345671");
        var wanted = asked("6172345672");
        says(rosa.part(at(wanted) + "/call"), 200, "Your phone rings. Press 1 there");
        assertEquals("6175550101", hotline.phones.rings.getLast().phone());
        says(rosa.get("/queue/list"), 200, "Your phone rings: press 1 there");
        says(ben.get("/queue/list"), 200, "Rosa’s phone rings");
        says(rosa.part(at(wanted) + "/call"), 200, "rings for it already");
        assertTrue(hotline.offers.take(lastRing()).isPresent());
        says(ben.get("/queue/list"), 200, "Taken by Rosa");
        assertTrue(hotline.offers.dial(lastRing()) instanceof MayDial.Yes);
        says(ben.get("/queue/list"), 200, "Rosa is calling");
        says(ben.part(at(wanted) + "/call"), 409, "Rosa was faster");
    }

    @Test
    void of_two_who_call_at_once_one_is_called_and_the_other_is_told_who() {
        for (var round = 0; round < 10; round++) {
            var callback = asked("617234568" + round);
            var before = hotline.phones.rings.size();
            var answers = Stream.of(rosa, ben)
                    .map(browsing -> CompletableFuture.supplyAsync(() -> browsing.part(at(callback) + "/call")))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            assertEquals(before + 1, hotline.phones.rings.size());
            var lost = answers.stream()
                    .filter(response -> response.statusCode() == 409)
                    .toList();
            assertEquals(1, lost.size(), () -> answers.toString());
            var winner = hotline.phones.rings.getLast().phone().equals("6175550101") ? "Rosa" : "Ben";
            says(lost.getFirst(), 409, winner + " was faster");
            hotline.offers.settle(lastRing(), Outcome.ANSWERED, Optional.empty());
        }
    }

    @Test
    void who_is_called_for_one_and_wants_another_is_called_for_that_one_alone() {
        var first = asked("6172345671");
        var second = asked("6172345672");
        rosa.part(at(first) + "/call");
        says(rosa.part(at(second) + "/call"), 200, "Your phone rings");
        says(ben.part(at(first) + "/call"), 200, "Your phone rings");
        says(ben.get("/queue/list"), 200, "Rosa’s phone rings");
    }

    @Test
    void whoever_is_on_a_call_or_has_no_phone_is_not_called() {
        var callback = asked("6172345671");
        hotline.phones.busy = Set.of("6175550101");
        says(rosa.part(at(callback) + "/call"), 409, "You have a call already");
        hotline.phones.busy = Set.of();
        hotline.phones.ready = false;
        says(rosa.part(at(callback) + "/call"), 503, "The telephone system is down");
        hotline.phones.ready = true;
        says(
                Browsing.as(hotline, "eve", Scope.RESPONDER).part(at(callback) + "/call"),
                409,
                "You are not on the staff list");
        hotline.asks("6172345672", "en", Duration.ofMinutes(30));
        says(rosa.get("/queue/list"), 200, "The caller is still on the line");
        assertTrue(hotline.phones.rings.isEmpty());
    }

    @Test
    void a_phone_that_does_not_answer_gives_it_back_and_says_so() {
        var callback = asked("6172345671");
        rosa.part(at(callback) + "/call");
        hotline.offers.pass(lastRing(), OfferEnd.BUSY);
        says(rosa.get("/queue/list"), 200, "Your phone was busy");
        says(ben.part(at(callback) + "/call"), 200, "Your phone rings");
        says(ben.part(at(callback) + "/hand-on"), 200, "open to everyone again");
        says(ben.part(at(callback) + "/hand-on"), 409, "Your phone does not ring for it");
        says(rosa.part(at(callback) + "/call"), 200, "Your phone rings");
    }

    @Test
    void what_is_to_be_decided_is_the_supervisors() {
        var callback = asked("6172345671");
        hotline.stores.database.run("UPDATE callback SET state = 'needs_decision'");
        says(rosa.get("/queue/list"), 200, "Needs a decision");
        says(rosa.part(at(callback) + "/call"), 409, "This one needs a supervisor");
        says(
                rosa.part(at(callback) + "/close", "disposition", "prank", "reason", "said so"),
                403,
                "This one needs a supervisor");
        says(sam.part(at(callback) + "/call"), 200, "Your phone rings");
    }

    @Test
    void what_was_said_can_be_put_right_by_who_said_it_with_a_note() {
        var callback = asked("6172345671");
        talks(rosa, callback, Optional.of(Disposition.TALKED));
        says(ben.part(at(callback) + "/said", "disposition", "no_answer"), 409, "This was not your last call-back");
        says(rosa.get("/duty"), 200, "We talked");
        assertEquals(
                204,
                rosa.part(at(callback) + "/said", "disposition", "no_answer", "note", "rang out <b>twice</b>")
                        .statusCode());
        says(rosa.get("/queue/list"), 200, "Second try");
        var page = rosa.get(at(callback));
        says(page, 200, "Note by Rosa: rang out &lt;b&gt;twice&lt;/b&gt;");
        says(page, 200, "Rosa corrected the result");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6172345671", "call (617) 234-5671 now", "+1.617.234.5671", "٦١٧٢٣٤٥٦٧١"})
    void a_note_with_a_number_is_refused_kindly(String note) {
        var callback = asked("6172345671");
        says(
                rosa.part(at(callback) + "/note", "note", note),
                422,
                "Your note: ten of its digits can be a telephone number");
        assertFalse(rosa.get(at(callback)).body().contains("Note by"));
    }

    @Test
    void a_note_is_kept_for_the_next_one_and_a_long_one_is_not() {
        var callback = asked("6172345671");
        assertEquals(
                204,
                rosa.part(at(callback) + "/note", "note", "wants Ana, after 6 p.m.")
                        .statusCode());
        says(ben.get(at(callback)), 200, "Note by Rosa: wants Ana, after 6 p.m.");
        rosa.part(at(callback) + "/note", "note", "Court date 11/24/2026");
        says(ben.get(at(callback)), 200, "Note by Rosa: Court date 11/24/2026");
        says(rosa.part(at(callback) + "/note", "note", "x".repeat(501)), 422, "write at most 500");
    }

    @Test
    void closing_takes_a_reason_and_is_on_record() {
        var callback = asked("6172345671");
        says(rosa.part(at(callback) + "/close", "disposition", "handled_elsewhere"), 422, "Write in a few words");
        says(rosa.part(at(callback) + "/close", "disposition", "talked", "reason", "x"), 422, "from the list");
        assertEquals(
                204,
                rosa.part(at(callback) + "/close", "disposition", "handled_elsewhere", "reason", "met at the door")
                        .statusCode());
        says(ben.get(at(callback)), 200, "Helped in another way: met at the door");
        says(ben.get(at(callback)), 200, "Closed by Rosa");
        says(rosa.part(at(callback) + "/call"), 409, "It is closed already");
        assertTrue(new AuditStore(hotline.database)
                .latest().stream()
                        .anyMatch(entry -> entry.act().equals("closed_callback")
                                && entry.who().equals("rosa")));
    }

    @Test
    void a_number_is_told_to_who_says_why_and_that_is_on_record() {
        var callback = asked("6172345671");
        says(rosa.part(at(callback) + "/reveal", "reason", "why"), 422, "in 8 to 300 characters");
        says(rosa.part(at(callback) + "/reveal", "reason", "the line is down"), 200, "(617) 234-5671");
        says(ben.get(at(callback)), 200, "The number was shown to rosa");
        assertFalse(ben.get(at(callback)).body().contains("234-5671"));
        var noted = new AuditStore(hotline.database).latest().getFirst();
        assertEquals(
                List.of("rosa", "revealed", callback.toString()), List.of(noted.who(), noted.act(), noted.subject()));
        sam.part(at(callback) + "/close", "disposition", "prank", "reason", "a joke");
        says(rosa.part(at(callback) + "/reveal", "reason", "the line is down"), 403, "It is closed");
        says(sam.part(at(callback) + "/reveal", "reason", "the line is down"), 200, "(617) 234-5671");
    }

    @Test
    void no_other_role_sees_the_queue_and_no_form_is_taken_without_its_token() {
        var callback = asked("6172345671");
        var cora = Browsing.as(hotline, "cora", Scope.COORDINATOR);
        for (var path : List.of("/queue", "/queue/list", at(callback), at(callback) + "/part", "/duty")) {
            assertEquals(403, cora.get(path).statusCode(), path);
        }
        for (var act : List.of("/call", "/hand-on", "/said", "/note", "/close", "/reveal")) {
            assertEquals(403, cora.post(at(callback) + act, Map.of()).statusCode(), act);
            assertEquals(403, rosa.postWithoutToken(at(callback) + act).statusCode(), act);
            assertEquals(
                    404,
                    rosa.part("/queue/x'--" + act, "reason", "long enough", "note", "x", "disposition", "talked")
                            .statusCode(),
                    act);
        }
        assertEquals(404, rosa.get("/queue/" + UUID.randomUUID()).statusCode());
        assertTrue(hotline.phones.rings.isEmpty());
    }

    @Test
    void duty_is_ones_own_and_a_phone_is_tried_out_twice_at_most() {
        says(rosa.get("/duty"), 200, "(•••) •••-••01");
        assertEquals(303, rosa.post("/duty", Map.of("duty", "off")).statusCode());
        says(rosa.get("/duty"), 200, "You are off duty");
        says(ben.get("/duty"), 200, "You are on duty");
        says(rosa.part("/duty/test-call"), 200, "Your phone rings now");
        rosa.part("/duty/test-call");
        says(rosa.part("/duty/test-call"), 429, "wait half a minute");
        assertEquals(List.of("6175550101", "6175550101"), hotline.phones.tested);
        says(Browsing.as(hotline, "eve", Scope.RESPONDER).get("/duty"), 200, "is not on the staff list");
    }
}
