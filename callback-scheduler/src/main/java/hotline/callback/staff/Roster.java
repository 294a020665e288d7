package hotline.callback.staff;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everybody who may be called, and when: what their rows say until their next boundary, and their shifts from then on.
 *
 * @param now until then only the shifts are known; what a person has set by hand before is not kept
 */
public record Roster(List<Member> members, Instant now, ZoneId zone) {

    public Roster {
        members = List.copyOf(members);
    }

    /** @param changesAt from then on the shifts decide; empty when duty is set by hand only */
    public record Member(Responder person, Optional<Instant> changesAt, Shifts shifts) {}

    /** A time on duty, or a time at which nobody is. */
    public record Span(Instant from, Instant to) {}

    public boolean onDuty(Member member, Instant at) {
        var past = at.isBefore(now) && !member.shifts().none();
        return past ? member.shifts().onDuty(at, zone) : duty(member).onDuty(at, zone);
    }

    /** The first moment after this one at which somebody's duty may change. */
    public Optional<Instant> next(Instant after) {
        return members.stream().flatMap(member -> next(member, after)).min(Instant::compareTo);
    }

    /** When this person is on duty within a time. */
    public List<Span> duty(Member member, Instant from, Instant to) {
        return spans(List.of(member), true, from, to);
    }

    /** When nobody of these is on duty within a time. */
    public List<Span> gaps(List<Member> people, Instant from, Instant to) {
        return spans(people, false, from, to);
    }

    private List<Span> spans(List<Member> people, boolean wanted, Instant from, Instant to) {
        var spans = new ArrayList<Span>();
        var begun = Optional.<Instant>empty();
        for (var at = from; at.isBefore(to); ) {
            var moment = at;
            var holds = people.stream().anyMatch(member -> onDuty(member, moment)) == wanted;
            if (holds && begun.isEmpty()) {
                begun = Optional.of(moment);
            } else if (!holds && begun.isPresent()) {
                spans.add(new Span(begun.get(), moment));
                begun = Optional.empty();
            }
            at = people.stream()
                    .flatMap(member -> next(member, moment))
                    .min(Instant::compareTo)
                    .orElse(to);
        }
        begun.ifPresent(time -> spans.add(new Span(time, to)));
        return spans;
    }

    private Stream<Instant> next(Member member, Instant after) {
        return Stream.of(
                        after.isBefore(now) ? Optional.of(now) : Optional.<Instant>empty(),
                        after.isBefore(now)
                                ? member.shifts().next(after, zone)
                                : duty(member).next(after, zone))
                .flatMap(Optional::stream)
                .filter(after::isBefore);
    }

    private static Coverage.Person duty(Member member) {
        return new Coverage.Person(member.person().onDuty(), member.changesAt(), member.shifts());
    }
}
