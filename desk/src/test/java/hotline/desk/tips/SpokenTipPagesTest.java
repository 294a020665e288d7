package hotline.desk.tips;

import static hotline.desk.access.Scope.OFFICER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.desk.access.Scope;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The officers' pages over HTTP, on a real database. */
final class SpokenTipPagesTest {

    private static final String WHY = "case 17, the night shift asked";

    @RegisterExtension
    private static final SharedTips TIPS = new SharedTips();

    private final RunningTips desk = TIPS.desk();
    private final Browsing lee = desk.as("lee", OFFICER);
    private final Browsing olga = desk.as("olga", OFFICER);

    private String path() {
        return "/spoken-tips/" + desk.spoken.all().getFirst().id();
    }

    @Test
    void nothing_is_heard_before_a_reason_is_given_and_that_is_audited() {
        desk.leaves(5, "es");
        var path = path();
        var list = lee.get("/spoken-tips").body();
        assertTrue(list.contains("5 s, Spanish, voice disguised") && list.contains("Not heard yet"), list);
        var asked = lee.get(path).body();
        assertTrue(asked.contains("Why do you listen?") && !asked.contains("<audio"), asked);
        assertEquals(403, lee.get(path + "/sound").statusCode());
        assertEquals(422, lee.post(path + "/listen", "reason", "why").statusCode());
        var number = lee.post(path + "/listen", "reason", "he may be at 617-234-5671");
        assertEquals(422, number.statusCode());
        assertTrue(number.body().contains("can be a telephone number"), number.body());
        assertEquals(403, lee.postWithoutToken(path + "/listen", "reason", WHY).statusCode());
        assertFalse(lee.get("/spoken-tips").body().contains("Heard once"));
        var done = lee.post(path + "/listen", "reason", WHY);
        assertEquals(303, done.statusCode());
        assertEquals(path, done.headers().firstValue("Location").orElseThrow());
        assertTrue(lee.get(path).body().contains("<audio"));
        var noted = desk.audit.latest().getFirst();
        assertEquals("lee listened " + WHY, noted.who() + " " + noted.act() + " " + noted.reason());
    }

    @Test
    void of_more_than_a_thousand_messages_the_oldest_is_still_found_and_so_is_who_listened_long_ago() {
        desk.leaves(1, "es");
        var path = path();
        desk.running.database.run("INSERT INTO spoken_tip (id, left_on, erased_on, language, disguised, seconds)"
                + " SELECT gen_random_uuid(), date '2026-11-03', date '2027-02-01', 'en', true, 5"
                + " FROM generate_series(1, 1005)");
        var first = lee.get("/spoken-tips").body();
        assertTrue(first.contains("1 to 50 of 1,006 messages"), first);
        assertFalse(first.contains(path));
        assertTrue(lee.get("/spoken-tips?page=20").body().contains(path), "the last page");
        assertEquals(200, lee.get(path).statusCode());
        for (var i = 0; i < 53; i++) {
            desk.audit.note("lee", "listened", "gone", "the reason no. " + i + ".");
        }
        assertFalse(lee.get("/spoken-tips").body().contains("the reason no. 1."));
        var more = Pattern.compile("href=\"([^\"]*listened=100)\"")
                .matcher(lee.get("/spoken-tips").body());
        assertTrue(more.find());
        assertTrue(lee.get(more.group(1)).body().contains("the reason no. 1."));
    }

    @Test
    void the_sound_is_kept_by_no_cache_and_played_to_who_gave_the_reason_alone_and_not_for_long() {
        desk.leaves(2, "en");
        var path = path();
        lee.post(path + "/listen", "reason", WHY);
        var sound = lee.get(path + "/sound");
        assertTrue(sound.body().startsWith("RIFF"));
        assertEquals("no-store", sound.headers().firstValue("Cache-Control").orElseThrow());
        assertEquals(206, lee.get(path + "/sound", "Range", "bytes=0-").statusCode());
        assertEquals(403, olga.get(path + "/sound").statusCode());
        assertTrue(olga.get(path).body().contains("Why do you listen?"));
        assertEquals(
                403, desk.as("ada", Scope.ADMINISTRATOR).get(path + "/sound").statusCode());
        // A reason that was given twenty minutes ago.
        desk.leaves(2, "fr");
        var later = desk.spoken.all().stream()
                .filter(kept -> kept.language().equals("fr"))
                .findFirst()
                .orElseThrow()
                .id();
        desk.running.database.run(
                "INSERT INTO audit (at, who, act, subject, reason) VALUES (now() - interval '20 min', 'lee', 'listened', $1, 'before')",
                later.toString());
        assertEquals(403, lee.get("/spoken-tips/" + later + "/sound").statusCode());
    }

    @Test
    void all_officers_and_administrators_see_who_listened_and_why_and_a_reason_is_never_markup() {
        desk.leaves(3, "en");
        var path = path();
        lee.post(path + "/listen", "reason", "<script>alert('x')</script>");
        for (var who : new Browsing[] {olga, desk.as("ada", Scope.ADMINISTRATOR)}) {
            for (var page : new String[] {path, "/spoken-tips"}) {
                var seen = who.get(page).body();
                assertTrue(seen.contains("<strong>lee</strong>"), seen);
                assertTrue(seen.contains("&lt;script>alert") || seen.contains("&lt;script&gt;alert"), seen);
                assertFalse(seen.contains("<script>alert"), seen);
            }
        }
        desk.running.database.run("DELETE FROM spoken_tip");
        assertTrue(olga.get("/spoken-tips").body().contains("to a message that is erased since"));
        assertEquals(404, lee.get(path).statusCode());
        assertEquals(404, lee.post(path + "/listen", "reason", WHY).statusCode());
        assertEquals(404, lee.get("/spoken-tips/none").statusCode());
    }
}
