package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Far more people on duty than ever ring at one time. */
final class ManyOnDutyIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String TRAUMA = "16174310125";
    private static final int CALLERS_VOICE = 900;
    private static final int STAFFS_VOICE = 700;

    private TelephoneNetwork network;
    private Hotline hotline;

    @BeforeEach
    void starts(@TempDir Path home) {
        network = TelephoneNetwork.start();
        hotline = Hotline.in(home).starts(network);
        List.of("rosa", "sam", "lee").forEach(sample -> saves(sample, "browser", "en", false));
    }

    @AfterEach
    void ends() {
        hotline.close();
        network.close();
    }

    private static String phone(int at) {
        return "617234%04d".formatted(2000 + at);
    }

    private void saves(String id, String phone, String language, boolean onDuty) {
        var saved = hotline.api().put("/api/v1/responders/" + id, """
                {"name": "Sample", "phone": "%s", "languages": ["%s"], "role": "responder", "on_duty": %s}
                """.formatted(phone, language, onDuty));
        assertEquals(204, saved.statusCode(), saved.body());
    }

    private void onDuty(int people) {
        IntStream.range(0, people).forEach(at -> saves("responder-" + at, phone(at), "en", true));
    }

    private void takesTheCall(int at) {
        network.phone(phone(at))
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsForTone(CALLERS_VOICE)
                .says(STAFFS_VOICE, SOON);
    }

    private int called(int at) {
        return network.phone(phone(at)).rings().size();
    }

    @Test
    void with_eighty_on_duty_who_wants_a_person_now_gets_one_and_who_shares_the_language_rings_first() {
        onDuty(80);
        IntStream.range(0, 80).forEach(at -> network.phone(phone(at)).ringsUnanswered());
        saves("responder-79", phone(79), "es", true);
        takesTheCall(4);
        var call = network.call(TRAUMA).anonymous().dials();
        call.waitsFor("spanish-offer").presses("2").waitsFor("trauma-menu").presses("0");
        call.says(CALLERS_VOICE, Duration.ofMinutes(1)).waitsForTone(STAFFS_VOICE);
        assertEquals(
                List.of(1, 1, 1, 0),
                List.of(called(79), called(0), called(2), called(7)),
                "the Spanish one and three more, then four more, of whom one has taken it");
        network.phone(phone(79)).rings().getFirst().awaitCancelled(SOON);
        call.hangsUp();
    }

    @Test
    void with_the_server_killed_the_last_of_five_hundred_on_the_list_of_last_resort_is_reached() {
        onDuty(500);
        var until = Deadline.in(SOON);
        while (!hotline.asterisk("dialplan show globals").contains("STAFF_COUNT=500")) {
            assertTrue(!until.isOver(), hotline.asterisk("dialplan show globals"));
        }
        IntStream.range(0, 499).forEach(at -> network.phone(phone(at)).isBusy());
        takesTheCall(499);
        var call = network.call(TRAUMA).anonymous().dials();
        call.waitsFor("spanish-offer");
        hotline.killServer();
        call.waitsFor("fallback-trauma", SOON);
        call.says(CALLERS_VOICE, Duration.ofMinutes(5));
        network.phone(phone(499)).awaitRing(Duration.ofMinutes(3));
        call.waitsForTone(STAFFS_VOICE);
        IntStream.range(0, 500).forEach(at -> assertEquals(1, called(at), phone(at)));
        call.hangsUp();
    }
}
