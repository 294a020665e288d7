package hotline.desk.prompts;

import hotline.desk.http.Answer;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.desk.prompts.VoiceStore.Chosen;
import hotline.prompts.EnglishVoice;
import hotline.prompts.Wav;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/** The voices that can speak English on this machine: to hear, and to choose for all nodes. */
public final class VoicePages {

    static final String PATH = "/prompts/voices";

    private final SharedVoice voice;

    public VoicePages(SharedVoice voice) {
        this.voice = voice;
    }

    /**
     * @param speaking the label of what callers of this node hear, or will once its sounds are made
     * @param missing the label of what was chosen and is not on this node
     */
    public record View(
            List<Card> voices, String speaking, boolean rendering, Optional<String> missing, Optional<Chosen> choice) {}

    /** @param mistaken of a hundred words by telephone, so many were not understood by a recognizer */
    public record Card(String path, String label, String speaker, int mistaken, String license, boolean chosen) {}

    /** Before the prompts themselves, whose addresses would take these for theirs. */
    public void mount(Pages pages) {
        pages.get(PATH, this::show);
        pages.get(PATH + "/:voice/sound", this::sound);
        pages.post(PATH + "/:voice/choose", this::choose);
    }

    private Answer show(PageRequest visit) {
        var chosen = voice.chosen();
        var speaking = voice.speaking();
        return Answer.page(
                "Voices",
                "voices.jte",
                new View(
                        voice.voices().stream().map(one -> card(one, chosen)).toList(),
                        speaking.label(),
                        voice.isRendering(),
                        chosen == speaking ? Optional.empty() : Optional.of(chosen.label()),
                        voice.choice()));
    }

    private static Card card(EnglishVoice voice, EnglishVoice chosen) {
        return new Card(
                PATH + "/" + voice.key(),
                voice.label(),
                voice.speaker(),
                voice.mistaken(),
                voice.license(),
                voice == chosen);
    }

    private Answer sound(PageRequest visit) {
        return new Answer.File("", Wav.TYPE, Buffer.buffer(voice.sample(here(visit))));
    }

    private Answer choose(PageRequest visit) {
        var wanted = here(visit);
        voice.choose(wanted, visit.name());
        return Answer.go(
                PATH,
                wanted.label()
                        + " is to speak English on every node. Its sounds are made now, which takes some minutes;"
                        + " until then callers hear the voice before.");
    }

    private EnglishVoice here(PageRequest visit) {
        return EnglishVoice.of(visit.path("voice"))
                .filter(voice.voices()::contains)
                .orElseThrow(
                        () -> new Problem(404, "this machine has no voice of that name: look at the list of voices"));
    }
}
