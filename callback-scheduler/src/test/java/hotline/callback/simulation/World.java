package hotline.callback.simulation;

import hotline.callback.Disposition;
import hotline.callback.Ledger.Person;
import hotline.callback.Outcome;
import hotline.callback.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The people: staff with their habits, and callers who answer or don't. */
final class World {

    private static final long MINUTE = 60_000;

    private final Simulation simulation;
    private final List<Staff> staff = new ArrayList<>();
    private final List<Leg> dialling = new ArrayList<>();
    private boolean wellMeaning;

    World(Simulation simulation) {
        this.simulation = simulation;
    }

    /** What a person presses when they have heard the offer. */
    enum Key {
        ONE,
        TWO,
        OTHER,
        /** Nothing: a voicemail, or a phone in a pocket. */
        NONE
    }

    /** Somebody with a phone. */
    static final class Staff {
        final String id;
        final String phone;
        final Role role;
        double answers;
        double takes;

        @Nullable
        Leg onThePhone;

        Staff(String id, String phone, Role role, double answers, double takes) {
            this.id = id;
            this.phone = phone;
            this.role = role;
            this.answers = answers;
            this.takes = takes;
        }

        Key presses(Simulation simulation) {
            if (simulation.chance(takes)) {
                return Key.ONE;
            }
            var alarm = role == Role.SUPERVISOR || role == Role.MANAGER;
            return alarm && simulation.chance(0.5) ? Key.TWO : simulation.chance(0.5) ? Key.NONE : Key.OTHER;
        }
    }

    void hire() {
        var responders = 1 + simulation.random.nextInt(8);
        for (var i = 0; i < responders; i++) {
            hire("responder-" + i, Role.RESPONDER, simulation.chance(0.4) ? Set.of("en", "es") : Set.of("en"));
        }
        hire("supervisor", Role.SUPERVISOR, Set.of("en"));
        hire("manager", Role.MANAGER, Set.of("en", "es"));
        if (simulation.chance(0.5)) {
            shares("colleague", staff.get(0));
        }
    }

    /** Another person on duty who is called on the same phone: whoever has it in hand answers. */
    private void shares(String id, Staff owner) {
        simulation.ledger.put(new Person(id, owner.phone, owner.role, Set.of("en"), true, false, false, Instant.EPOCH));
    }

    private void hire(String id, Role role, Set<String> languages) {
        var phone = "61755501%02d".formatted(staff.size());
        staff.add(new Staff(id, phone, role, habit(), habit()));
        simulation.ledger.put(
                new Person(id, phone, role, languages, simulation.chance(0.7), false, false, Instant.EPOCH));
    }

    /** Most do their work; some hardly ever. */
    private double habit() {
        return 1 - 0.9 * simulation.random.nextDouble() * simulation.random.nextDouble();
    }

    Staff anybody() {
        return staff.get(simulation.random.nextInt(staff.size()));
    }

    Staff staff(String phone) {
        return staff.stream().filter(one -> one.phone.equals(phone)).findFirst().orElseThrow();
    }

    /** Some go, some come; at times nobody is there. */
    void changeShift() {
        var nobody = !wellMeaning && simulation.chance(0.1);
        for (var person : List.copyOf(simulation.ledger.staff())) {
            var there = person.role() != Role.RESPONDER || (!nobody && simulation.chance(0.6));
            onDuty(person, wellMeaning || there);
        }
        simulation.wakeDispatchers();
    }

    private void onDuty(Person person, boolean there) {
        simulation.ledger.put(new Person(
                person.id(),
                person.phone(),
                person.role(),
                person.languages(),
                there,
                person.ringing(),
                person.elsewhere(),
                person.lastCalledAt()));
    }

    /** From now on everybody answers, takes what they are offered, and reaches the caller. */
    void wellMeaning() {
        wellMeaning = true;
        staff.forEach(staff -> {
            staff.answers = 1;
            staff.takes = 1;
        });
        changeShift();
    }

    private static final List<Outcome> REFUSALS = List.of(
            Outcome.DECLINED, Outcome.BLOCKED, Outcome.ANONYMOUS_REFUSED, Outcome.NOT_ALLOWED, Outcome.TRUNK_REFUSED);

    Outcome outcome() {
        if (wellMeaning || simulation.chance(0.6)) {
            return Outcome.ANSWERED;
        }
        return switch (simulation.random.nextInt(10)) {
            case 0 -> Outcome.NO_SUCH_NUMBER;
            case 1 -> Outcome.CONGESTED;
            case 2 -> Outcome.GIVEN_UP;
            case 3 -> REFUSALS.get(simulation.random.nextInt(REFUSALS.size()));
            case 4, 5 -> Outcome.BUSY;
            default -> Outcome.NO_ANSWER;
        };
    }

    /** From dialling until the network says how it ended, or the talk is over: milliseconds. */
    long lasts(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> simulation.between(MINUTE, 20 * MINUTE);
            case NO_ANSWER, GIVEN_UP -> simulation.between(10_000, 30_000);
            default -> simulation.between(1_000, 4_000);
        };
    }

    Optional<Disposition> disposition() {
        if (simulation.chance(0.2)) {
            return Optional.empty();
        }
        return Optional.of(simulation.chance(0.8) ? Disposition.TALKED : Disposition.NO_ANSWER);
    }

    /** What somebody says of a talk after all. */
    Disposition word() {
        return switch (simulation.random.nextInt(4)) {
            case 0 -> Disposition.NO_ANSWER;
            case 1 -> wellMeaning ? Disposition.TALKED : Disposition.CALL_AGAIN;
            default -> Disposition.TALKED;
        };
    }

    /** The caller's phone is dialled; a second dial at the same time needs a fault for its excuse. */
    void dials(Leg leg) {
        var same = dialling.stream()
                .filter(one ->
                        one.callback().equals(leg.callback()) || one.number().equals(leg.number()))
                .toList();
        if (same.stream().anyMatch(one -> one.node().servedSince(one.dialledAt()))) {
            throw new Rules.Broken("a caller is not dialled by two at a time: " + same + " and " + leg + "\n  "
                    + leg.callback().map(simulation.story::of).orElse(""));
        }
        simulation.tally.note(same.isEmpty() ? "world_dial" : "world_dial_doubled_by_a_fault");
        dialling.add(leg);
    }

    void dialled(Leg leg) {
        dialling.remove(leg);
    }

    /** Whether nobody's phone rings or is talked on. */
    boolean quiet() {
        return new HashSet<>(dialling).isEmpty() && staff.stream().allMatch(staff -> staff.onThePhone == null);
    }

    @Override
    public String toString() {
        return dialling + " " + staff.stream().map(staff -> staff.onThePhone).toList();
    }
}
