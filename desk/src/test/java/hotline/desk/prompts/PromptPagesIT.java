package hotline.desk.prompts;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import hotline.base.database.HealthStore;
import hotline.desk.Browsing;
import hotline.desk.Looking;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import hotline.prompts.Language;
import hotline.prompts.Recordings;
import hotline.prompts.Voices;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of prompts in a real browser. Their pictures lie in {@code target/screenshots}. */
final class PromptPagesIT {

    private static RunningConsole hotline;
    private static Looking browser;

    private Page page;

    @BeforeAll
    static void starts(@TempDir Path folder) {
        hotline = new RunningConsole();
        var lines = new Recordings(folder.resolve("sounds"), folder.resolve("recordings"));
        var voices = new Voices(folder.resolve("sounds"));
        new VoicePages(new SharedVoice(new VoiceStore(hotline.database), voices, () -> {})).mount(hotline.pages);
        new PromptPages(new SharedRecordings(new RecordingStore(hotline.database), lines, "this-node"))
                .mount(hotline.pages);
        lines.keep(lines.line(Language.EN, "trauma-welcome").orElseThrow(), WavFile.hum(16_000, 1, 1, 0.5));
        Browsing.as(hotline, "ada", Scope.ADMINISTRATOR);
        browser = new Looking();
    }

    @AfterAll
    static void ends() {
        browser.close();
        hotline.close();
    }

    @BeforeEach
    void signsIn() {
        page = browser.signIn(hotline.address(), "ada");
    }

    @AfterEach
    void closes() {
        browser.closeWindows();
    }

    @Test
    void a_recording_is_put_in_played_and_taken_out() {
        page.navigate("/prompts?language=es&find=men%C3%BA");
        page.navigate("/prompts/es/trauma-menu");
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload("menu.wav", "audio/wav", WavFile.hum(44_100, 2, 2, 0.3)));
        page.getByText("Use this recording").click();
        assertThat(page.locator(".told")).hasText("Callers hear this recording from now on");
        var length = ((Number)
                        page.evaluate(
                                "async () => { const it = document.querySelector('audio'); it.preload = 'auto'; it.load();"
                                        + " await new Promise(known => it.addEventListener('loadedmetadata', known)); return it.duration; }"))
                .doubleValue();
        assertTrue(length > 1.9 && length < 2.2, () -> "it lasts " + length);
        browser.look(page, "prompt-recorded");
        page.getByText("Remove the recording").click();
        assertThat(page.locator(".told")).containsText("speaks this from now on");
    }

    @Test
    void the_page_tells_which_node_does_not_have_it_and_hears_by_itself_when_it_has() {
        var nodes = new HealthStore(hotline.database);
        nodes.beat("this-node", "north, port 8080", "1", Instant.EPOCH);
        nodes.beat("other-node", "south, port 8080", "1", Instant.EPOCH);
        page.navigate("/prompts/en/trauma-menu");
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload("menu.wav", "audio/wav", WavFile.hum(16_000, 1, 2, 0.3)));
        page.getByText("Use this recording").click();
        assertThat(page.locator("main")).containsText("It comes within seconds.");
        tells("/srv/hotline/recordings cannot be written: look at its owner and space");
        assertThat(page.locator("main")).containsText("look at its owner and space");
        browser.look(page, "prompt-nodes");
        nodes.beat("other-node", "south, port 8080", "1", Instant.EPOCH);
        tells("");
        assertThat(page.locator("main")).containsText("on every node");
    }

    private static void tells(String trouble) {
        var recordings = new RecordingStore(hotline.database);
        recordings.all().forEach(entry -> recordings.tell("other-node", entry.id(), trouble));
    }

    @Test
    void a_voice_is_heard_and_chosen_on_a_phone_and_on_a_desk() {
        page.navigate("/prompts");
        page.getByText("Voices").last().click();
        assertThat(page.locator("h1")).hasText("Voices");
        var seconds = ((Number)
                        page.locator("audio")
                                .last()
                                .evaluate(
                                        "async it => { it.preload = 'auto'; it.load();"
                                                + " await new Promise(known => it.addEventListener('loadedmetadata', known)); return it.duration; }"))
                .doubleValue();
        assertTrue(seconds > 10, () -> "the sample lasts " + seconds);
        browser.look(page, "voices");
        page.getByText("Speak English with this voice").last().click();
        assertThat(page.locator(".told")).containsText("is to speak English on every node");
    }

    @Test
    void everybody_can_use_the_list_on_a_phone_and_on_a_desk_by_day_and_by_night() {
        page.navigate("/prompts?find=welcome");
        assertThat(page.locator(".prompts li")).not().hasCount(0);
        browser.look(page, "prompts");
        page.locator("[data-play]").first().press("Enter");
        assertThat(page.locator("[data-play]").first()).hasText("■");
    }
}
