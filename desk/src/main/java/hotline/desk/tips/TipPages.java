package hotline.desk.tips;

import static hotline.desk.access.Scope.COORDINATOR;

import hotline.base.audit.AuditStore;
import hotline.desk.http.Answer;
import hotline.desk.http.Finding;
import hotline.desk.http.Finding.Found;
import hotline.desk.http.ListPart;
import hotline.desk.http.Menu;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.prompts.Language;
import hotline.tips.ChangeStore;
import hotline.tips.ChangeStore.Change;
import hotline.tips.ChangeStore.Outcome;
import hotline.tips.ChangeStore.Waiting;
import hotline.tips.GuessStore;
import hotline.tips.SpokenTipStore;
import hotline.tips.TipCode;
import hotline.tips.TipCsv;
import hotline.tips.TipService;
import hotline.tips.TipStore;
import hotline.tips.TipStore.Exposure;
import hotline.tips.TipStore.TipRow;
import hotline.tips.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The coordinator's page. A code comes in a form and goes out on one page that is not kept: it never stands in an address, a title,
 * a log or the audit. Whoever approves a reward is never alone.
 */
public final class TipPages {

    private static final int A_PAGE = 50;

    private final TipStore tips;
    private final ChangeStore changes;
    private final GuessStore guesses;
    private final Vocabulary vocabulary;
    private final AuditStore audit;

    public TipPages(TipStore tips, ChangeStore changes, GuessStore guesses, Vocabulary vocabulary, AuditStore audit) {
        this.tips = tips;
        this.changes = changes;
        this.guesses = guesses;
        this.vocabulary = vocabulary;
        this.audit = audit;
    }

    /**
     * @param choices the statuses that can be set
     * @param byStatus how many tips have each, as it is read
     */
    public record View(
            List<Choice> choices,
            List<Waiting> waiting,
            Found found,
            ListPart<Change> changes,
            Exposure exposure,
            Map<String, Integer> byStatus,
            Guessing guessing) {}

    /**
     * A status, as it is sent, as it is read, and what its callers are told.
     *
     * @param reward whether it needs a second person
     */
    public record Choice(String word, String label, String told, boolean reward) {}

    public void mount(Pages pages) {
        pages.menu(Menu.Group.TIPS, "/tips", "Tips", COORDINATOR);
        pages.get("/tips", request -> Answer.page("Tips", "tips.jte", view(request)), COORDINATOR);
        pages.get("/tips/waiting", _ -> Answer.part("tipswaiting.jte", changes.waiting()), COORDINATOR);
        pages.post("/tips/code", this::issue, COORDINATOR);
        pages.get("/tips/code", _ -> Answer.go("/tips", ""), COORDINATOR);
        pages.post("/tips/set", this::set, COORDINATOR);
        pages.post("/tips/confirm", this::confirm, COORDINATOR);
        pages.post("/tips/decline", this::decline, COORDINATOR);
    }

    private View view(PageRequest visit) {
        var asked = Finding.of(visit, "/tips", "Find a reference, a status or a name");
        var latest = ListPart.of(visit, asked, changes.latest(asked.words(), ListPart.upTo(visit, A_PAGE) + 1), A_PAGE);
        var exposure = tips.exposure();
        var byStatus = new TreeMap<String, Integer>();
        exposure.byStatus().forEach((word, count) -> byStatus.put(Vocabulary.readable(word), count));
        return new View(
                choices(vocabulary),
                changes.waiting(),
                found(asked, latest),
                latest,
                exposure,
                byStatus,
                guessing(exposure));
    }

    private static Found found(Finding asked, ListPart<Change> latest) {
        var counted = latest.isWhole()
                ? latest.to() + " changes"
                : "Changes %,d to %,d, the newest first".formatted(latest.from() + 1, latest.to());
        return new Found(asked, counted, latest.rows().isEmpty() && asked.isOn());
    }

    static List<Choice> choices(Vocabulary vocabulary) {
        return vocabulary.all().stream()
                .map(text -> new Choice(
                        text,
                        Vocabulary.readable(text),
                        vocabulary.spoken(text, "en").spoken().words(Language.EN),
                        vocabulary.promisesReward(text)))
                .toList();
    }

    private Guessing guessing(Exposure exposure) {
        var aDay = guesses.mostADay();
        var days = exposure.live() > 0 && aDay > 0
                ? Optional.of(Math.max(1L, 1_000_000L / ((long) exposure.live() * aDay)))
                : Optional.<Long>empty();
        return new Guessing(guesses.mode(), days, guesses.alarms());
    }

    // ---- codes ----

    private Answer issue(PageRequest visit) {
        var reference = TipCsv.reference(visit.field("reference"));
        return Answer.page(
                "A fresh code", "tipscode.jte", new FreshCode(tips.issue(reference, visit.name()), reference));
    }

    // ---- statuses ----

    private Answer set(PageRequest visit) {
        var status = vocabulary
                .known(visit.field("status"))
                .orElseThrow(() -> new Problem(422, "choose the status from the list"));
        var code = visit.digits("code");
        var reference = TipCsv.reference(visit.field("reference"));
        var outcome = code.isEmpty()
                ? byReference(visit, reference, status)
                : byCode(visit, new TipRow(new TipCode(code), status, reference));
        return Answer.go("/tips", told(outcome, status));
    }

    private Outcome byReference(PageRequest visit, Optional<String> reference, String status) {
        var called = reference.orElseThrow(() -> new Problem(422, "write the tip's code, or its reference"));
        return tips.setByReference(called, status, visit.name(), false)
                .orElseThrow(
                        () -> new Problem(404, "no tip has this reference, or more than one has: set it by its code"));
    }

    private Outcome byCode(PageRequest visit, TipRow line) {
        if (visit.checked("new")) {
            return tips.set(List.of(line), visit.name(), false).getFirst();
        }
        var outcome = tips.setKnown(line, visit.name());
        if (outcome.isEmpty()) {
            // Whoever tries codes here to find one leaves a trace; the code does not.
            audit.note(visit.name(), "tip_code_missed", "tips", "");
        }
        return outcome.orElseThrow(() -> new Problem(
                404, "no tip has this code: read it again. If it was given out by text and is new here, say so below"));
    }

    private static String told(Outcome outcome, String status) {
        return switch (outcome) {
            case DONE -> "Set to “" + Vocabulary.readable(status) + "”. Callers hear it from now on.";
            case AWAITS_ANOTHER ->
                "“" + Vocabulary.readable(status)
                        + "” waits for a second person. Until then callers hear what they heard before.";
        };
    }

    // ---- the second person ----

    private Answer confirm(PageRequest visit) {
        return switch (changes.confirm(proposal(visit), visit.name())) {
            case DONE -> Answer.go("/tips", "Confirmed. Callers hear it from now on.");
            case GONE -> throw gone();
            case OWN -> throw new Problem(403, "you proposed this yourself: another coordinator must confirm it");
            case NAMELESS ->
                throw new Problem(409, "this tip has no reference: confirm it by setting the same with its code");
        };
    }

    private Answer decline(PageRequest visit) {
        if (!changes.decline(proposal(visit), visit.name())) {
            throw gone();
        }
        return Answer.go("/tips", "Taken back. Callers hear what they heard before.");
    }

    private static UUID proposal(PageRequest visit) {
        return SpokenTipStore.id(visit.field("proposal")).orElseThrow(TipPages::gone);
    }

    private static Problem gone() {
        return new Problem(409, "this waits no more: somebody was earlier. Load the page again");
    }

    // ---- words ----

    /** What was done, as it is read: {@code proposed: reward approved}. */
    public static String words(Change change) {
        var status = change.status();
        for (var done : List.of("proposed", "declined")) {
            if (status.startsWith(done + "_")) {
                return done + ": " + Vocabulary.readable(status.substring(done.length() + 1));
            }
        }
        return Vocabulary.readable(status.equals("given_out") ? "code_given_out" : status);
    }

    public static String words(String status) {
        return Vocabulary.readable(status);
    }

    public static String words(TipService.Mode mode) {
        return switch (mode) {
            case NORMAL -> "Normal: a caller may try three codes.";
            case SLOW -> "Slow: a caller may try one code, and waits longer for the answer.";
            case OFFICER_ONLY -> "Officers only: no code is looked up now.";
        };
    }

    public static String words(GuessStore.Raised alarm) {
        return switch (alarm.kind()) {
            case "miss_ratio" -> "Most codes were not found";
            case "sequence" -> "Codes that follow each other were tried";
            case "many_codes" -> "A caller tried as many codes as one may, and none was found";
            case "slow" -> "The line became slow";
            case "officer_only" -> "The line led to officers only";
            default -> Vocabulary.readable(alarm.kind());
        };
    }
}
