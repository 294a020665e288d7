package hotline.callback.console;

import hotline.callback.Ladder;
import hotline.callback.Ladder.Kind;
import hotline.callback.Ledger.Person;
import hotline.callback.Role;
import hotline.callback.keep.Rehearsal;
import hotline.callback.keep.Rehearsal.Call;
import hotline.callback.keep.Rehearsal.Moment;
import hotline.callback.staff.DutyStore;
import hotline.callback.staff.Roster;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the hotline promises and whom it rings, and whom it would ring: also by a ladder that is only being thought of. */
public final class PolicyPages {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, MMMM d", Locale.US);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("h:mm a", Locale.US);
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("h:mm:ss a", Locale.US);
    private static final int LONGEST_LADDER = 4_000;

    private final Policy policy;
    private final DutyStore duty;

    public PolicyPages(Policy policy, DutyStore duty) {
        this.policy = policy;
        this.duty = duty;
    }

    /**
     * @param settings what holds, and where it is changed
     * @param trouble what cannot be read of the ladder that was typed, a line each
     */
    public record View(
            List<Setting> settings,
            List<Step> ladder,
            Asked asked,
            boolean tried,
            List<String> trouble,
            List<String> beyond,
            Optional<Preview> preview) {}

    public record Setting(String name, String value, String key) {}

    public record Step(String when, String whom) {}

    /** What is asked for, as the form shows it. */
    public record Asked(String day, String time, List<StaffPages.Choice> languages, String ladder) {}

    /** @param cut whether there are more moments than are shown */
    public record Preview(String sentence, List<Line> lines, boolean cut) {}

    /**
     * @param rungs which stand then, in words
     * @param people who begins to be rung
     */
    public record Line(String at, String after, List<String> rungs, List<String> people, boolean broken) {}

    public void mount(Pages pages) {
        pages.menu("/policy", "Policy");
        pages.get("/policy", this::show);
    }

    private Answer show(Visit visit) {
        var roster = duty.roster();
        var typed = visit.query("ladder");
        var ladder = policy.ladder().get();
        var lines = LadderWords.lines(typed.orElseGet(() -> LadderWords.written(ladder)));
        var trouble = typed.filter(it -> it.length() > LONGEST_LADDER).isPresent()
                ? List.of("this is longer than any ladder: write at most " + LONGEST_LADDER + " characters")
                : Ladder.problems(lines);
        var trial = trouble.isEmpty() ? Optional.of(Ladder.parse(lines)) : Optional.<Ladder>empty();
        var at = moment(visit, roster);
        var language =
                visit.query("language").filter(it -> it.matches("[a-z]{2,3}")).orElse("en");
        var asked = new Asked(
                at.toLocalDate().toString(),
                TIME.format(at),
                StaffPages.languages(List.of(language)),
                String.join("\n", lines));
        var tried = trial.filter(it -> !it.equals(ladder)).isPresent() || !trouble.isEmpty();
        return Answer.page(
                "Policy",
                "policy.jte",
                new View(
                        settings(),
                        steps(ladder),
                        asked,
                        tried,
                        trouble,
                        trial.map(this::beyond).orElse(List.of()),
                        trial.map(it -> preview(it, roster, at, language))));
    }

    private ZonedDateTime moment(Visit visit, Roster roster) {
        var now = roster.now().atZone(roster.zone()).truncatedTo(ChronoUnit.MINUTES);
        var date = visit.query("day").map(it -> ShiftWords.date("day", it)).orElse(now.toLocalDate());
        var time = visit.query("time").map(it -> ShiftWords.time("time", it)).orElse(now.toLocalTime());
        return date.atTime(time).atZone(roster.zone());
    }

    private List<Setting> settings() {
        var waits = policy.retries().waits().stream().map(TimeWords::of).toList();
        return List.of(
                new Setting("A person calls back within", TimeWords.of(policy.promise()), "HOTLINE_PROMISE"),
                new Setting(
                        "Who shares the caller's language is rung alone for",
                        TimeWords.of(policy.languageFirst()),
                        "HOTLINE_LANGUAGE_FIRST"),
                new Setting("A staff phone rings for", TimeWords.of(policy.ringFor()), ""),
                new Setting("A caller who did not answer is called again after", String.join(", then ", waits), ""),
                new Setting(
                        "A caller whose line was busy, after",
                        TimeWords.of(policy.retries().busyWait()),
                        ""),
                new Setting(
                        "Number and name are erased after a call-back was closed for",
                        TimeWords.of(Duration.ofDays(policy.retentionDays())),
                        "HOTLINE_RETENTION"));
    }

    private static List<Step> steps(Ladder ladder) {
        return ladder.rungs().stream()
                .map(it -> new Step(LadderWords.when(it), LadderWords.whom(it.kind())))
                .toList();
    }

    private List<String> beyond(Ladder ladder) {
        return ladder.beyond(policy.promise()).stream()
                .map(it -> "The rung “" + LadderWords.name(it.kind()) + "” " + LadderWords.after(it.after())
                        + " stands after the promise's end: nobody is rung by it.")
                .toList();
    }

    // ---- who would be rung ----

    private Preview preview(Ladder ladder, Roster roster, ZonedDateTime at, String language) {
        var moments = new Rehearsal(ladder, policy.promise(), policy.languageFirst(), policy.ringFor())
                .of(new RosterCrew(roster), language, at.toInstant());
        var sentence = "A request at " + SHOWN.format(at) + " on " + DAY.format(at) + ", in "
                + TimeWords.language(language) + ", would ring, while nobody takes it:";
        var whole = !moments.isEmpty() && moments.getLast().rungs().contains(Kind.BROKEN);
        return new Preview(
                sentence,
                moments.stream().map(it -> line(it, roster, at.toInstant())).toList(),
                !whole);
    }

    private static Line line(Moment moment, Roster roster, Instant asked) {
        var at = moment.at().atZone(roster.zone());
        var people = moment.calls().stream().map(it -> person(it, roster)).toList();
        var rungs = moment.rungs().stream().map(LadderWords::name).toList();
        var told = moment.nobodyOnDuty() && !moment.rungs().contains(Kind.BROKEN)
                ? List.of("No responder is on duty")
                : List.<String>of();
        return new Line(
                (at.getSecond() == 0 ? SHOWN : TO_THE_SECOND).format(at),
                LadderWords.after(Duration.between(asked, moment.at())),
                rungs.isEmpty() ? told : rungs,
                people,
                moment.rungs().contains(Kind.BROKEN));
    }

    private static String person(Call call, Roster roster) {
        var name = roster.members().stream()
                .filter(it -> it.person().id().equals(call.person()))
                .map(it -> it.person().name())
                .findFirst()
                .orElse(call.person());
        return call.calledInAs() == Role.RESPONDER
                ? name
                : name + " (" + StaffPages.role(call.calledInAs()).toLowerCase(Locale.US) + ")";
    }

    /** The staff as the keeper would find them at a moment. */
    record RosterCrew(Roster roster) implements Rehearsal.Crew {

        @Override
        public List<Person> at(Instant moment) {
            return roster.members().stream()
                    .filter(it -> it.person().role() != Role.OFFICER)
                    .map(it -> new Person(
                            it.person().id(),
                            it.person().phone(),
                            it.person().role(),
                            Set.copyOf(it.person().languages()),
                            roster.onDuty(it, moment),
                            false,
                            Instant.EPOCH))
                    .toList();
        }

        @Override
        public Optional<Instant> changes(Instant after) {
            return roster.next(after);
        }
    }
}
