package hotline.operation;

import hotline.callback.console.Answer;
import hotline.callback.console.Pages;
import hotline.callback.console.Problem;
import hotline.callback.console.TimeWords;
import hotline.callback.console.Visit;
import hotline.callback.store.AuditStore;
import hotline.prompts.Language;
import hotline.prompts.Recordings;
import hotline.prompts.Recordings.Line;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What callers hear, by language: to read, to play, and to record anew. */
public final class PromptPages {

    private static final int LARGEST_RECORDING = 16 << 20;

    private final Recordings recordings;
    private final AuditStore audit;

    public PromptPages(Recordings recordings, AuditStore audit) {
        this.recordings = recordings;
        this.audit = audit;
    }

    /**
     * @param synthetic how many sentences no person has recorded yet
     * @param sentences as they are looked for
     */
    public record View(
            List<Tab> tabs,
            String language,
            String find,
            int all,
            int synthetic,
            List<Row> sentences,
            List<Row> pieces) {}

    public record Tab(String path, String label, boolean open) {}

    public record Row(String path, String name, String when, String words, String voice, boolean recorded) {}

    /** One line with its forms. */
    public record Detail(Row row, String limit, String language, String back, boolean sounds) {}

    public void mount(Pages pages) {
        pages.menu("/prompts", "Prompts");
        pages.get("/prompts", this::list);
        pages.get("/prompts/:language/:key", this::detail);
        pages.get("/prompts/:language/:key/sound", this::sound);
        pages.upload("/prompts/:language/:key/recording", LARGEST_RECORDING, this::keep);
        pages.post("/prompts/:language/:key/remove", this::remove);
    }

    private Answer list(Visit visit) {
        var language = visit.query("language").flatMap(Language::of).orElse(Language.EN);
        var find = visit.query("find").orElse("").strip();
        var lines = recordings.lines(language);
        var sentences = lines.stream().filter(Line::sentence).toList();
        var shown = lines.stream().filter(it -> has(it, find)).toList();
        return Answer.page(
                "Prompts",
                "prompts.jte",
                new View(
                        tabs(language),
                        language.folder(),
                        find,
                        sentences.size(),
                        (int) sentences.stream().filter(it -> !it.recorded()).count(),
                        shown.stream()
                                .filter(Line::sentence)
                                .map(PromptPages::row)
                                .toList(),
                        shown.stream()
                                .filter(it -> !it.sentence())
                                .map(PromptPages::row)
                                .toList()));
    }

    private static boolean has(Line line, String find) {
        var text = String.join(" ", name(line), line.words(), line.when()).toLowerCase(Locale.ROOT);
        return text.contains(find.toLowerCase(Locale.ROOT));
    }

    private static List<Tab> tabs(Language open) {
        return Arrays.stream(Language.values())
                .map(it -> new Tab("/prompts?language=" + it.folder(), label(it), it == open))
                .toList();
    }

    private Answer detail(Visit visit) {
        var line = line(visit);
        var limit = "%.1f seconds".formatted(line.limit().toMillis() / 1000.0);
        return Answer.page(
                sentence(name(line)),
                "prompt.jte",
                new Detail(
                        row(line),
                        limit,
                        label(line.language()),
                        "/prompts?language=" + line.language().folder(),
                        recordings.heard(line).isPresent()));
    }

    private Answer sound(Visit visit) {
        var wav = recordings
                .heard(line(visit))
                .orElseThrow(() -> new Problem(404, "this has no audio yet: run './hotline prompts'"));
        return new Answer.File("", "audio/wav", Buffer.buffer(wav));
    }

    private Answer keep(Visit visit) {
        var line = line(visit);
        var length = recordings.keep(line, visit.upload().getBytes());
        note(
                visit,
                "prompt_recorded",
                line,
                said(line) + " → a recording of %.1f seconds".formatted(length.toMillis() / 1000.0));
        return Answer.go(path(line), "Callers hear this recording from now on");
    }

    private Answer remove(Visit visit) {
        var line = line(visit);
        if (!recordings.remove(line)) {
            throw new Problem(422, "nobody has recorded this: there is nothing to remove");
        }
        note(visit, "recording_removed", line, "a recording → " + line.voice());
        return Answer.go(path(line), "The recording is removed: " + line.voice() + " speaks this from now on");
    }

    private void note(Visit visit, String act, Line line, String change) {
        audit.note(visit.name(), act, name(line) + " (" + label(line.language()) + ")", change);
    }

    private static String said(Line line) {
        return line.recorded() ? "a recording" : line.voice();
    }

    private Line line(Visit visit) {
        return Language.of(visit.path("language"))
                .flatMap(it -> recordings.line(it, visit.path("key")))
                .orElseThrow(() -> new Problem(404, "nothing of this name is said: look at the list of prompts"));
    }

    private static Row row(Line line) {
        return new Row(path(line), sentence(name(line)), line.when(), line.words(), line.voice(), line.recorded());
    }

    private static String path(Line line) {
        return "/prompts/" + line.language().folder() + "/" + line.key();
    }

    private static String name(Line line) {
        return line.key().replace('-', ' ');
    }

    private static String sentence(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String label(Language language) {
        return TimeWords.language(language.folder());
    }
}
