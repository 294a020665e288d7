package hotline.desk.policy;

import hotline.callback.Ladder.Kind;
import hotline.callback.Ledger.Person;
import hotline.callback.RingPlan;
import hotline.callback.Role;
import hotline.callback.dispatch.Rehearsal;
import hotline.callback.dispatch.Rehearsal.Call;
import hotline.callback.dispatch.Rehearsal.Moment;
import hotline.callback.staff.Roster;
import hotline.desk.http.Words;
import hotline.desk.rota.StaffPages;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a request at some moment would ring, in words.
 *
 * @param cut whether there are more moments than are shown
 */
public record PolicyPreview(String sentence, List<PreviewRow> lines, boolean cut) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, MMMM d", Locale.US);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("h:mm a", Locale.US);
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("h:mm:ss a", Locale.US);

    /**
     * @param steps which stand then, in words
     * @param people who begins to be called
     */
    public record PreviewRow(String at, String after, List<String> steps, List<String> people, boolean broken) {}

    static PolicyPreview of(RingPlan plan, Policy policy, Roster roster, ZonedDateTime at, String language) {
        var moments = new Rehearsal(plan.ladder(), policy.promise(), plan.languageFirst(), policy.ringFor())
                .of(new RosterCrew(roster), language, at.toInstant());
        var sentence = "A request at " + SHOWN.format(at) + " on " + DAY.format(at) + ", in " + Words.language(language)
                + ", would call these people while nobody takes it:";
        var whole = !moments.isEmpty() && moments.getLast().steps().contains(Kind.BROKEN);
        return new PolicyPreview(
                sentence,
                moments.stream()
                        .map(moment -> line(moment, roster, at.toInstant()))
                        .toList(),
                !whole);
    }

    private static PreviewRow line(Moment moment, Roster roster, Instant asked) {
        var at = moment.at().atZone(roster.zone());
        var people = moment.calls().stream().map(call -> person(call, roster)).toList();
        var steps = moment.steps().stream().map(LadderWords::name).toList();
        var told = moment.nobodyOnDuty() && !moment.steps().contains(Kind.BROKEN)
                ? List.of("No responder is on duty")
                : List.<String>of();
        return new PreviewRow(
                (at.getSecond() == 0 ? SHOWN : TO_THE_SECOND).format(at),
                LadderWords.after(Duration.between(asked, moment.at())),
                steps.isEmpty() ? told : steps,
                people,
                moment.steps().contains(Kind.BROKEN));
    }

    private static String person(Call call, Roster roster) {
        var name = roster.members().stream()
                .filter(member -> member.person().id().equals(call.person()))
                .map(member -> member.person().name())
                .findFirst()
                .orElse(call.person());
        return call.calledInAs() == Role.RESPONDER
                ? name
                : name + " (" + StaffPages.role(call.calledInAs()).toLowerCase(Locale.US) + ")";
    }

    /** The staff as the dispatcher would find them at a moment. */
    record RosterCrew(Roster roster) implements Rehearsal.Crew {

        @Override
        public List<Person> at(Instant moment) {
            return roster.members().stream()
                    .filter(member -> member.person().role() != Role.OFFICER)
                    .map(member -> new Person(
                            member.person().id(),
                            member.person().phone(),
                            member.person().role(),
                            Set.copyOf(member.person().languages()),
                            roster.onDuty(member, moment),
                            false,
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
