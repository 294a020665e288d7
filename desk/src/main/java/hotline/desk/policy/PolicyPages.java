package hotline.desk.policy;

import hotline.callback.Ladder;
import hotline.callback.RingPlan;
import hotline.callback.staff.DutyStore;
import hotline.callback.staff.RingPlanStore;
import hotline.callback.staff.RingPlanStore.Change;
import hotline.callback.staff.RingPlans;
import hotline.callback.staff.Roster;
import hotline.desk.http.Answer;
import hotline.desk.http.Choice;
import hotline.desk.http.Menu;
import hotline.desk.http.OwnWords;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.desk.http.Words;
import hotline.desk.rota.ShiftWords;
import hotline.desk.rota.StaffPages;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the hotline promises and whom it rings: looked at, tried with another ladder, and changed for all nodes. */
public final class PolicyPages {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final int LONGEST_LADDER = 4_000;
    private static final int LONGEST_REASON = 300;
    private static final int CHANGES_SHOWN = 10;

    private final Policy policy;
    private final RingPlans plans;
    private final RingPlanStore store;
    private final DutyStore duty;

    public PolicyPages(Policy policy, RingPlans plans, RingPlanStore store, DutyStore duty) {
        this.policy = policy;
        this.plans = plans;
        this.store = store;
        this.duty = duty;
    }

    /**
     * @param settings what holds, and where it is changed
     * @param trouble what cannot be read of what was typed, a line each
     * @param offered the plan that was tried and may be made to hold
     * @param seen the number of the last change
     * @param set whether what holds was set here, and not when the node was started
     */
    public record View(
            List<Setting> settings,
            List<Step> ladder,
            Asked asked,
            List<String> trouble,
            List<String> beyond,
            Optional<PolicyPreview> preview,
            Optional<Offered> offered,
            long seen,
            boolean set,
            List<Earlier> changes) {}

    public record Setting(String name, String value, String key) {}

    public record Step(String when, String whom) {}

    /** What is asked for, as the form shows it. */
    public record Asked(String day, String time, List<Choice> languages, String ladder, String languageFirst) {}

    /** As its form sends it. */
    public record Offered(String ladder, String languageFirst) {}

    /** @param what the ladder that held from then on, in words */
    public record Earlier(Instant at, String who, String reason, String what) {}

    public void mount(Pages pages) {
        pages.menu(Menu.Group.SYSTEM, "/policy", "Policy");
        pages.get("/policy", this::show);
        pages.post("/policy/change", this::change);
        pages.post("/policy/back", this::goBack);
    }

    private Answer show(PageRequest visit) {
        var roster = duty.roster();
        var holds = plans.get();
        var lines = LadderWords.lines(visit.query("ladder").orElseGet(() -> LadderWords.written(holds.ladder())));
        var first = visit.query("languageFirst").orElse(seconds(holds));
        var trouble = problems(lines, first);
        var trial = trouble.isEmpty() ? Optional.of(plan(lines, first)) : Optional.<RingPlan>empty();
        var at = moment(visit, roster);
        var language = visit.query("language")
                .filter(text -> text.matches("[a-z]{2,3}"))
                .orElse("en");
        var asked = new Asked(
                at.toLocalDate().toString(),
                TIME.format(at),
                StaffPages.languages(List.of(language)),
                String.join("\n", lines),
                first);
        var changes = store.changes(CHANGES_SHOWN);
        return Answer.page(
                "Policy",
                "policy.jte",
                new View(
                        settings(holds),
                        steps(holds.ladder()),
                        asked,
                        trouble,
                        trial.map(this::beyond).orElse(List.of()),
                        trial.map(plan -> PolicyPreview.of(plan, policy, roster, at, language)),
                        trial.filter(plan -> !plan.equals(holds))
                                .map(plan -> new Offered(LadderWords.written(plan.ladder()), seconds(plan))),
                        number(changes),
                        changes.stream().findFirst().flatMap(Change::plan).isPresent(),
                        changes.stream().map(PolicyPages::earlier).toList()));
    }

    // ---- changing it ----

    private Answer change(PageRequest visit) {
        var lines = LadderWords.lines(visit.field("ladder"));
        var first = visit.field("languageFirst");
        var trouble = problems(lines, first);
        if (!trouble.isEmpty()) {
            throw new IllegalArgumentException("This cannot be read: " + String.join("; ", trouble));
        }
        return set(visit, Optional.of(plan(lines, first)));
    }

    private Answer goBack(PageRequest visit) {
        return set(visit, Optional.empty());
    }

    private Answer set(PageRequest visit, Optional<RingPlan> plan) {
        var reason = OwnWords.note("the reason", visit.field("reason"));
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("Say why in a few words: whoever reads the audit wants to know.");
        }
        var seen = visit.field("seen").matches("\\d{1,18}") ? Long.parseLong(visit.field("seen")) : 0;
        var before = plans.get();
        try {
            store.change(
                    seen, plan, visit.name(), reason, words(before) + " -> " + words(plan.orElse(plans.started())));
        } catch (RingPlanStore.Overtaken e) {
            throw new Problem(409, "Somebody else has changed it: look at what is in use now, and decide again.");
        }
        plans.look();
        return Answer.go("/policy", "Saved for all nodes. Call-backs that wait follow it from now on.");
    }

    private static String words(RingPlan plan) {
        var first = plan.languageFirst();
        return plan.ladder() + "; "
                + (first.isZero()
                        ? "any language at once"
                        : "staff who speak the language first for " + Words.length(first));
    }

    private static List<String> problems(List<String> lines, String languageFirst) {
        if (String.join("\n", lines).length() > LONGEST_LADDER) {
            return List.of("this is longer than any ladder: write at most " + LONGEST_LADDER + " characters");
        }
        var problems = new ArrayList<>(Ladder.problems(lines));
        if (!languageFirst.matches("\\d{1,3}")
                || Integer.parseInt(languageFirst) > RingPlan.LONGEST_LANGUAGE_FIRST.toSeconds()) {
            problems.add("the time for the language: write seconds from 0 (anyone at once) to "
                    + RingPlan.LONGEST_LANGUAGE_FIRST.toSeconds());
        }
        return problems;
    }

    private static RingPlan plan(List<String> lines, String languageFirst) {
        return new RingPlan(Ladder.parse(lines), Duration.ofSeconds(Long.parseLong(languageFirst)));
    }

    // ---- what is shown ----

    private static String seconds(RingPlan plan) {
        return Long.toString(plan.languageFirst().toSeconds());
    }

    private static long number(List<Change> changes) {
        return changes.isEmpty() ? 0 : changes.getFirst().number();
    }

    private static Earlier earlier(Change change) {
        return new Earlier(
                change.at(),
                change.who(),
                change.reason(),
                change.plan().map(PolicyPages::words).orElse("what each node was started with"));
    }

    private ZonedDateTime moment(PageRequest visit, Roster roster) {
        var now = roster.now().atZone(roster.zone()).truncatedTo(ChronoUnit.MINUTES);
        var date = visit.query("day").map(text -> ShiftWords.date("day", text)).orElse(now.toLocalDate());
        var time =
                visit.query("time").map(text -> ShiftWords.time("time", text)).orElse(now.toLocalTime());
        return date.atTime(time).atZone(roster.zone());
    }

    private List<Setting> settings(RingPlan holds) {
        var waits = policy.retries().waits().stream().map(Words::length).toList();
        return List.of(
                new Setting("A person calls back within", Words.length(policy.promise()), "HOTLINE_PROMISE"),
                new Setting(
                        "Staff who speak the caller's language are called first for",
                        Words.length(holds.languageFirst()),
                        ""),
                new Setting("A staff phone rings for", Words.length(policy.ringFor()), ""),
                new Setting("A caller who did not answer is called again after", String.join(", then ", waits), ""),
                new Setting(
                        "A caller whose line was busy, after",
                        Words.length(policy.retries().busyWait()),
                        ""),
                new Setting(
                        "A caller who declined the call, once more after",
                        Words.length(policy.retries().declinedWait()),
                        ""),
                new Setting(
                        "Number and name are erased after a call-back was closed for",
                        Words.length(Duration.ofDays(policy.retentionDays())),
                        "HOTLINE_RETENTION"),
                new Setting(
                        "A call-back and its history are deleted after it was closed for",
                        Words.length(Duration.ofDays(policy.historyDays())),
                        "HOTLINE_HISTORY"));
    }

    private static List<Step> steps(Ladder ladder) {
        return ladder.steps().stream()
                .map(step -> new Step(LadderWords.when(step), LadderWords.whom(step.kind())))
                .toList();
    }

    private List<String> beyond(RingPlan plan) {
        return plan.ladder().beyond(policy.promise()).stream()
                .map(step -> "The step “" + LadderWords.name(step.kind()) + "” " + LadderWords.after(step.after())
                        + " comes after the promise's end: nobody is called by it.")
                .toList();
    }
}
