package hotline.callback.dispatch;

import hotline.callback.Callback.Ask;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.Fired;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.Ladder;
import hotline.callback.Ladder.Kind;
import hotline.callback.Ledger.Asked;
import hotline.callback.Ledger.Person;
import hotline.callback.Role;
import hotline.callback.Round;
import hotline.callback.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Whom a request would ring, and when, if nobody took it: the same ladder, rounds and choice of people as the dispatcher's, with a
 * clock that jumps from one moment to the next. It changes nothing and rings nobody.
 *
 * @param ringFor how long a phone rings that nobody answers
 */
public record Rehearsal(Ladder ladder, Duration promise, Duration languageFirst, Duration ringFor) {

    /** A ladder that comes again each second would never be read to its end. */
    private static final int MOST_MOMENTS = 400;

    private static final UUID NOBODYS = new UUID(0, 0);

    /** Who is there. */
    public interface Crew {

        /** Everybody who may be called, with their duty at this moment; whether they ring is not asked. */
        List<Person> at(Instant moment);

        /** When duty changes next. */
        Optional<Instant> changes(Instant after);
    }

    /** A phone that rings, and as whom its owner is called in. */
    public record Call(String person, Role calledInAs) {}

    /**
     * @param steps the ladder's steps that stand at this moment
     * @param calls the phones that begin to ring
     * @param nobodyOnDuty whether no responder is, so that the supervisors are called in without waiting for their step
     */
    public record Moment(Instant at, List<Kind> steps, List<Call> calls, boolean nobodyOnDuty) {}

    /** The moments from the request until its promise is recorded as broken, at most 400. */
    public List<Moment> of(Crew crew, String language, Instant asked) {
        var walk = new Walk(crew, language, asked);
        var moments = new ArrayList<Moment>();
        for (var at = Optional.of(asked);
                at.isPresent() && !at.get().isAfter(asked.plus(promise)) && moments.size() < MOST_MOMENTS; ) {
            walk.look(at.get()).ifPresent(moments::add);
            at = walk.next;
        }
        return moments;
    }

    /** One request, as far as it has come. */
    private final class Walk {

        private final Crew crew;
        private final Map<String, Instant> calledAt = new HashMap<>();
        private final Map<String, Instant> rangAt = new HashMap<>();
        private Untaken callback;
        private boolean nobodyTold;
        private Optional<Instant> next = Optional.empty();

        Walk(Crew crew, String language, Instant asked) {
            this.crew = crew;
            callback = new Waiting(
                    Facts.requested(NOBODYS, new Ask(Wishes.cautious(language), true), asked, asked.plus(promise)),
                    Round.begin(asked));
        }

        /** Empty where nothing is to be seen at this moment. */
        Optional<Moment> look(Instant now) {
            var climb = callback.climb(ladder, now);
            callback = climb.callback();
            var people = crew.at(now).stream().map(person -> as(person, now)).toList();
            var staff = new Staff(people, Set.of(), languageFirst);
            var nobody = staff.nobodyOnDuty();
            if (nobody) {
                callback = callback.with(callback.round().withSupervisors(now));
            }
            staff.remember(calledAt.entrySet().stream()
                    .map(entry -> new Asked(NOBODYS, entry.getKey(), entry.getValue(), rings(entry.getValue(), now)))
                    .toList());
            var oneMore = climb.fired().stream().anyMatch(fired -> fired.kind() == Kind.NEXT);
            var choices = staff.choose(callback, oneMore, now);
            choices.now().forEach(choice -> {
                calledAt.put(choice.person().id(), now);
                rangAt.put(choice.person().phone(), now);
            });
            next = Stream.of(climb.next(), choices.anyoneFrom(), silentFrom(now), crew.changes(now))
                    .flatMap(Optional::stream)
                    .filter(now::isBefore)
                    .min(Instant::compareTo);
            return moment(now, climb.fired(), choices.now(), nobody);
        }

        private Optional<Moment> moment(Instant now, List<Fired> fired, List<Staff.Choice> chosen, boolean nobody) {
            var told = nobody && !nobodyTold;
            nobodyTold = nobody;
            var calls = chosen.stream()
                    .map(choice -> new Call(choice.person().id(), choice.calledInAs()))
                    .toList();
            return fired.isEmpty() && calls.isEmpty() && !told
                    ? Optional.empty()
                    : Optional.of(new Moment(
                            now, fired.stream().map(Fired::kind).distinct().toList(), calls, nobody));
        }

        private Person as(Person person, Instant now) {
            return new Person(
                    person.id(),
                    person.phone(),
                    person.role(),
                    person.languages(),
                    person.onDuty(),
                    Optional.ofNullable(rangAt.get(person.phone()))
                            .filter(time -> rings(time, now))
                            .isPresent(),
                    person.elsewhere(),
                    calledAt.getOrDefault(person.id(), person.lastCalledAt()));
        }

        private boolean rings(Instant called, Instant now) {
            return now.isBefore(called.plus(ringFor));
        }

        /** When the next phone stops ringing. */
        private Optional<Instant> silentFrom(Instant now) {
            return rangAt.values().stream()
                    .map(time -> time.plus(ringFor))
                    .filter(now::isBefore)
                    .min(Instant::compareTo);
        }
    }
}
