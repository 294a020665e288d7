package hotline.desk.tips;

import static hotline.desk.access.Scope.OFFICER;

import hotline.desk.http.Answer;
import hotline.desk.http.Finding;
import hotline.desk.http.Finding.Filter;
import hotline.desk.http.Finding.Found;
import hotline.desk.http.ListPart;
import hotline.desk.http.Menu;
import hotline.desk.http.OwnWords;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.prompts.Wav;
import hotline.tips.ListeningStore;
import hotline.tips.ListeningStore.Listened;
import hotline.tips.SpokenTipStore;
import hotline.tips.SpokenTipStore.Kept;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Tips that were left by voice, for officers: each says why before a word is heard, and all see who has listened. */
public final class SpokenTipPages {

    /** So long a reason holds: for hearing it twice, not for coming back tomorrow. */
    private static final Duration REASON_HOLDS = Duration.ofMinutes(15);

    private static final int A_PAGE = 50;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE MMM d", Locale.US);
    private static final Map<String, String> HEARD =
            new TreeMap<>(Map.of("", "Heard or not", "no", "Not heard yet", "yes", "Heard"));

    private final SpokenTipStore tips;
    private final ListeningStore listening;

    public SpokenTipPages(SpokenTipStore tips, ListeningStore listening) {
        this.tips = tips;
        this.listening = listening;
    }

    /**
     * @param unheard how many nobody has listened to
     * @param earlier the address at which more of those who listened are shown
     */
    public record All(
            Found found,
            ListPart<Kept> tips,
            int kept,
            long unheard,
            List<Listened> latest,
            Optional<String> earlier) {}

    /**
     * One message.
     *
     * @param until then whoever looks may play it; empty when they have not said why
     */
    public record One(Kept tip, String reference, Optional<Instant> until, List<Listened> listened) {}

    public void mount(Pages pages) {
        pages.menu(Menu.Group.TIPS, "/spoken-tips", "Spoken tips", OFFICER);
        pages.get("/spoken-tips", this::all, OFFICER);
        pages.get("/spoken-tips/:id", this::one, OFFICER);
        pages.post("/spoken-tips/:id/listen", this::listen, OFFICER);
        pages.get("/spoken-tips/:id/listen", request -> Answer.go(path(id(request)), ""), OFFICER);
        pages.get("/spoken-tips/:id/sound", this::sound, OFFICER);
    }

    private Answer all(PageRequest visit) {
        var all = tips.all();
        var unheard = all.stream().filter(kept -> kept.listened() == 0).count();
        var heard = Filter.of(visit, "heard", "Heard", HEARD);
        var asked = Finding.of(visit, "/spoken-tips", "Find a day or a language", heard);
        var found = all.stream()
                .filter(kept -> heard.takes(kept.listened() == 0 ? "no" : "yes"))
                .filter(kept ->
                        asked.matches(DAY.format(kept.leftOn()), kept.leftOn().toString(), language(kept.language())))
                .toList();
        var part = ListPart.of(visit, asked, found, A_PAGE);
        var counted = part.isWhole()
                ? asked.found(found.size(), all.size(), "messages")
                : asked.found(part.from(), part.to(), found.size(), "messages");
        var shown = listened(visit);
        var latest = listening.latest(shown + 1);
        return Answer.page(
                "Spoken tips",
                "spokentips.jte",
                new All(
                        counted,
                        part,
                        all.size(),
                        unheard,
                        latest.subList(0, Math.min(shown, latest.size())),
                        Optional.of(asked.address("listened=" + (shown + A_PAGE)))
                                .filter(_ -> latest.size() > shown)));
    }

    /** How many of those who listened are shown. */
    private static int listened(PageRequest visit) {
        return visit.query("listened")
                .filter(text -> text.matches("[1-9]\\d{0,5}"))
                .map(Integer::parseInt)
                .orElse(A_PAGE);
    }

    private Answer one(PageRequest visit) {
        var id = id(visit);
        var tip = tips.all().stream()
                .filter(kept -> kept.id().equals(id))
                .findFirst()
                .orElseThrow(SpokenTipPages::gone);
        var listened = listening.to(id);
        var until = listened.stream()
                .filter(one -> one.who().equals(visit.name()))
                .findFirst()
                .map(found -> found.at().plus(REASON_HOLDS));
        return Answer.page(
                "A spoken tip", "spokentip.jte", new One(tip, SpokenTipStore.reference(id), until, listened));
    }

    /** What opens the sound from here on is the audit's entry. */
    private Answer listen(PageRequest visit) {
        var id = id(visit);
        var reason = OwnWords.reason("the reason", "you listen", visit.field("reason", "write why you listen"));
        return tips.listen(id, visit.name(), reason)
                .map(_ -> Answer.go(path(id), ""))
                .orElseThrow(SpokenTipPages::gone);
    }

    private Answer sound(PageRequest visit) {
        return tips.again(id(visit), visit.name(), REASON_HOLDS)
                .map(bytes -> new Answer.File("", Wav.TYPE, Buffer.buffer(Wav.telephone(bytes))))
                .orElseThrow(() -> new Problem(403, "say why you listen first"));
    }

    private static UUID id(PageRequest visit) {
        return SpokenTipStore.id(visit.path("id")).orElseThrow(SpokenTipPages::gone);
    }

    private static String path(UUID id) {
        return "/spoken-tips/" + id;
    }

    private static Problem gone() {
        return new Problem(404, "this message is not kept any more: go back to the list");
    }

    // ---- words ----

    /** {@code 1 min 20 s}. */
    public static String length(int seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }

    public static String heard(int times) {
        return switch (times) {
            case 0 -> "Not heard yet";
            case 1 -> "Heard once";
            case 2 -> "Heard twice";
            default -> "Heard " + times + " times";
        };
    }

    public static String language(String tag) {
        return TipWordPages.called(tag);
    }

    /** As the pages tell a day. */
    public static Instant noon(LocalDate day, ZoneId zone) {
        return day.atTime(12, 0).atZone(zone).toInstant();
    }
}
