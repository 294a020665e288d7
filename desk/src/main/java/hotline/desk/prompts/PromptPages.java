package hotline.desk.prompts;

import hotline.desk.http.Answer;
import hotline.desk.http.Choice;
import hotline.desk.http.Finding;
import hotline.desk.http.Finding.Filter;
import hotline.desk.http.Finding.Found;
import hotline.desk.http.ListPart;
import hotline.desk.http.Menu;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.desk.http.Words;
import hotline.desk.prompts.RecordingStore.Copy;
import hotline.desk.prompts.RecordingStore.Kept;
import hotline.prompts.Language;
import hotline.prompts.Recordings;
import hotline.prompts.Recordings.SpokenLine;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What callers hear, by language: to read, to play, and to record anew. */
public final class PromptPages {

    private static final int LARGEST_RECORDING = 16 << 20;
    private static final int A_PAGE = 25;
    private static final String LIST = "/prompts";

    private static final Map<String, String> RECORDED =
            inOrder("", "Recorded or not", "yes", "Recorded by a person", "no", "Still synthetic");
    private static final Map<String, String> KINDS = inOrder(
            "",
            "Everything said",
            "sentences",
            "Sentences, in the order of a call",
            "pieces",
            "Pieces of numbers and times");

    private final SharedRecordings shared;
    private final Recordings recordings;

    public PromptPages(SharedRecordings shared) {
        this.shared = shared;
        recordings = shared.here();
    }

    /**
     * A page of the list.
     *
     * @param all how many sentences there are in this language
     * @param synthetic how many of them no person has recorded yet
     * @param before the page before this one
     */
    public record View(
            Found found, int all, int synthetic, List<Row> rows, Optional<String> before, Optional<String> next) {}

    private static Map<String, String> inOrder(String... words) {
        var map = new LinkedHashMap<String, String>();
        for (var i = 0; i < words.length; i += 2) {
            map.put(words[i], words[i + 1]);
        }
        return map;
    }

    public record Row(String path, String name, String when, String words, String voice, boolean recorded) {}

    /** One line with its forms. */
    public record Detail(
            Row row, String limit, String language, String back, boolean sounds, Optional<Recorded> recorded) {}

    /**
     * What is kept for every node.
     *
     * @param nodes those that live; where it is only one, all is said when it has it
     */
    public record Recorded(Kept kept, List<Copy> nodes) {

        public String seconds() {
            return PromptPages.seconds(kept.length());
        }

        public boolean everywhere() {
            return nodes.stream().allMatch(copy -> copy.trouble().isEmpty());
        }
    }

    public void mount(Pages pages) {
        pages.menu(Menu.Group.SYSTEM, "/prompts", "Prompts");
        pages.get("/prompts", this::list);
        pages.get("/prompts/:language/:key", this::detail);
        pages.get("/prompts/:language/:key/sound", this::sound);
        pages.get("/prompts/:language/:key/nodes", request -> Answer.part("prompt-nodes.jte", recorded(line(request))));
        pages.upload("/prompts/:language/:key/recording", LARGEST_RECORDING, this::keep);
        pages.post("/prompts/:language/:key/remove", this::remove);
    }

    private Answer list(PageRequest visit) {
        var language = visit.query("language").flatMap(Language::of).orElse(Language.EN);
        var spoken = new Filter(
                "language",
                "Language",
                Arrays.stream(Language.values())
                        .map(one -> new Choice(one.folder(), label(one), one == language))
                        .toList());
        var recorded = Filter.of(visit, "recorded", "Recorded", RECORDED);
        var kind = Filter.of(visit, "kind", "What", KINDS);
        var asked = Finding.of(visit, LIST, "Find words of a prompt", spoken, recorded, kind);
        var lines = recordings.lines(language);
        var found = Stream.concat(
                        lines.stream().filter(SpokenLine::sentence),
                        lines.stream().filter(line -> !line.sentence()))
                .filter(line -> recorded.takes(line.recorded() ? "yes" : "no"))
                .filter(line -> kind.takes(line.sentence() ? "sentences" : "pieces"))
                .filter(line -> asked.matches(name(line), line.words(), line.when()))
                .toList();
        var part = ListPart.of(visit, asked, found, A_PAGE);
        var sentences = lines.stream().filter(SpokenLine::sentence).toList();
        return Answer.page(
                "Prompts",
                "prompts.jte",
                new View(
                        asked.found(part.from(), part.to(), found.size(), "prompts in " + label(language)),
                        sentences.size(),
                        (int) sentences.stream()
                                .filter(line -> !line.recorded())
                                .count(),
                        part.rows().stream().map(PromptPages::row).toList(),
                        part.before(),
                        part.next()));
    }

    private Answer detail(PageRequest visit) {
        var line = line(visit);
        return Answer.page(
                sentence(name(line)),
                "prompt.jte",
                new Detail(
                        row(line),
                        seconds(line.limit()),
                        label(line.language()),
                        "/prompts?language=" + line.language().folder(),
                        recordings.heard(line).isPresent(),
                        recorded(line)));
    }

    private Optional<Recorded> recorded(SpokenLine line) {
        return shared.kept(line).map(kept -> new Recorded(kept, shared.copies(kept)));
    }

    private Answer sound(PageRequest visit) {
        var wav = recordings
                .heard(line(visit))
                .orElseThrow(() -> new Problem(404, "this has no audio yet: run './hotline prompts'"));
        return new Answer.File("", "audio/wav", Buffer.buffer(wav));
    }

    private Answer keep(PageRequest visit) {
        var line = line(visit);
        var trouble = shared.putIn(line, visit.upload().getBytes(), visit.name());
        return Answer.go(
                path(line),
                trouble.map(text -> "It is kept for every node, but not heard on this one: " + text)
                        .orElse("Callers hear this recording from now on"));
    }

    private Answer remove(PageRequest visit) {
        var line = line(visit);
        var trouble = shared.remove(line, visit.name());
        return Answer.go(
                path(line),
                trouble.map(text -> "It is to be removed, but is still heard on this node: " + text)
                        .orElseGet(() ->
                                "The recording is removed: " + speaker(line(visit)) + " speaks this from now on"));
    }

    private SpokenLine line(PageRequest visit) {
        return Language.of(visit.path("language"))
                .flatMap(language -> recordings.line(language, visit.path("key")))
                .orElseThrow(() -> new Problem(404, "nothing of this name is said: look at the list of prompts"));
    }

    private static String speaker(SpokenLine line) {
        return line.recorded() ? "a file that lies on this node" : line.voice();
    }

    private static Row row(SpokenLine line) {
        return new Row(path(line), sentence(name(line)), line.when(), line.words(), line.voice(), line.recorded());
    }

    private static String path(SpokenLine line) {
        return "/prompts/" + line.path();
    }

    private static String seconds(Duration length) {
        return "%.1f seconds".formatted(length.toMillis() / 1000.0);
    }

    private static String name(SpokenLine line) {
        return line.key().replace('-', ' ');
    }

    private static String sentence(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String label(Language language) {
        return Words.language(language.folder());
    }
}
