package hotline.callback.dispatch;

import hotline.callback.Callback.Untaken;
import hotline.callback.Ledger.Asked;
import hotline.callback.Ledger.Person;
import hotline.callback.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Whom to ring: who shares the caller's language first, then whoever was not called for longest. While somebody on duty shares
 * it, nobody else is called for a while. Nobody is called whose phone is on a call or being called, whoever shares it, nor
 * twice for the same step.
 */
final class Staff {

    private static final List<Role> CALLED_IN = List.of(Role.RESPONDER, Role.SUPERVISOR, Role.MANAGER);

    private final List<Person> people;
    private final Duration languageFirst;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Instant> lastCalled = new HashMap<>();
    private final Map<UUID, Map<String, Asked>> asked = new HashMap<>();

    /**
     * @param busy phones that are on a call of another kind
     * @param languageFirst how long a call-back waits for somebody who shares its language, from when it may be called for
     */
    Staff(List<Person> people, Set<String> busy, Duration languageFirst) {
        this.people = people;
        this.languageFirst = languageFirst;
        people.stream()
                .filter(person -> person.ringing() || person.elsewhere() || busy.contains(person.phone()))
                .map(Person::id)
                .forEach(taken::add);
        people.forEach(person -> lastCalled.merge(
                person.phone(), person.lastCalledAt(), (one, other) -> one.isAfter(other) ? one : other));
    }

    /** A person to ring for a call-back, and why they are called in. */
    record Choice(Person person, Role calledInAs) {}

    /**
     * Whom to ring for a call-back now.
     *
     * @param seeking whether others are to be called as soon as they are free, or come on duty
     * @param anyoneFrom when those may be called who do not share the language
     */
    record Choices(List<Choice> now, boolean seeking, Optional<Instant> anyoneFrom) {}

    /** Who could be called now. */
    List<String> free() {
        return people.stream().map(Person::id).filter(id -> !taken.contains(id)).toList();
    }

    /** Of the free these alone may be called: another node is about to ring the others. */
    void keep(Set<String> reserved) {
        free().stream().filter(text -> !reserved.contains(text)).forEach(taken::add);
    }

    boolean nobodyOnDuty() {
        return people.stream().noneMatch(person -> person.role() == Role.RESPONDER && person.onDuty());
    }

    /** Who has been called for these call-backs until now. */
    void remember(Collection<Asked> before) {
        before.forEach(each -> asked.computeIfAbsent(each.callback(), _ -> new HashMap<>())
                .merge(each.person(), each, (one, other) -> one.last().isAfter(other.last()) ? one : other));
    }

    /** This phone rings now, or somebody else's offer reached it first: nobody who shares it is called. */
    void take(String phone) {
        people.stream()
                .filter(person -> person.phone().equals(phone))
                .map(Person::id)
                .forEach(taken::add);
    }

    /** @param oneMore whether one is to be called although another rings already */
    Choices choose(Untaken callback, boolean oneMore, Instant time) {
        var language = callback.facts().wishes().language();
        var anyoneFrom =
                Optional.of(callback.round().from().plus(languageFirst)).filter(time::isBefore);
        var heldBack = Optional.<Instant>empty();
        var before = asked.getOrDefault(callback.facts().id(), Map.of());
        var rings = before.values().stream().anyMatch(Asked::open);
        var now = new ArrayList<Choice>();
        var phones = new HashSet<String>();
        var later = false;
        for (var role : CALLED_IN) {
            var since = callback.round().since(role);
            var oneByOne = role == Role.RESPONDER && !callback.round().together();
            if (since.isEmpty() || (oneByOne && rings && !oneMore)) {
                continue;
            }
            var wanted = wanted(role, since.get(), before);
            var sharing = wanted.stream()
                    .filter(person -> person.languages().contains(language))
                    .toList();
            var wait = oneByOne && anyoneFrom.isPresent() && !sharing.isEmpty();
            var chosen = (wait ? sharing : wanted)
                    .stream()
                            .filter(person -> !taken.contains(person.id()))
                            .sorted(order(language))
                            .filter(person -> phones.add(person.phone()))
                            .limit(oneByOne ? 1 : Long.MAX_VALUE)
                            .map(person -> new Choice(person, role))
                            .toList();
            if (wait && chosen.isEmpty()) {
                heldBack = anyoneFrom;
            }
            now.addAll(chosen);
            later |= !oneByOne || chosen.isEmpty();
        }
        return new Choices(now, later, heldBack);
    }

    private List<Person> wanted(Role role, Instant since, Map<String, Asked> before) {
        var ofRole = people.stream().filter(person -> person.role() == role).toList();
        var nobody = ofRole.stream().noneMatch(Person::onDuty);
        return ofRole.stream()
                .filter(person -> person.onDuty() || (nobody && role != Role.RESPONDER))
                .filter(person -> !before.containsKey(person.id())
                        || before.get(person.id()).last().isBefore(since))
                .toList();
    }

    private Comparator<Person> order(String language) {
        return Comparator.<Person, Boolean>comparing(
                        person -> !person.languages().contains(language))
                .thenComparing(person -> lastCalled.getOrDefault(person.phone(), person.lastCalledAt()))
                .thenComparing(Person::id);
    }
}
