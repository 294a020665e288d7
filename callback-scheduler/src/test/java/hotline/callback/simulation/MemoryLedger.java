package hotline.callback.simulation;

import hotline.base.DatabaseUnavailable;
import hotline.callback.Callback;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Fired;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Open;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.Disposition;
import hotline.callback.Feasibility;
import hotline.callback.Ladder.Kind;
import hotline.callback.Ledger;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.Role;
import hotline.callback.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in memory that obeys the rules of the one in PostgreSQL: what is written is seen by others once it is
 * committed, and what one transaction holds another skips or waits for. Its own constraints stand in for the schema's.
 */
final class MemoryLedger implements Ledger {

    /** The database gives up a transaction whose node has fallen silent. */
    static final Duration SILENT = Duration.ofSeconds(5);

    private static final Comparator<Row> BY_WAKE =
            Comparator.<Row, Instant>comparing(Row::wakeAtOrMax).thenComparing(Row::id);
    private static final Comparator<Row> PERSONS_FIRST =
            Comparator.comparing(row -> row.callback.facts().ask().consultation());
    private static final Comparator<Row> BY_URGENCY = PERSONS_FIRST
            .thenComparing(row -> row.callback.facts().keptAt().isPresent())
            .thenComparing(row -> row.callback.facts().dueAt())
            .thenComparing(Row::id);

    private static final Comparator<Row> BY_DUE =
            PERSONS_FIRST.thenComparing(row -> row.callback.facts().dueAt()).thenComparing(Row::id);

    private final Surroundings surroundings;
    private final Map<UUID, Row> rows = new HashMap<>();
    private final TreeSet<Row> byWake = new TreeSet<>(BY_WAKE);
    private final TreeSet<Row> sought = new TreeSet<>(BY_URGENCY);
    private final Map<UUID, OfferRow> offers = new HashMap<>();
    private final Map<String, OfferRow> openByPerson = new HashMap<>();
    private final Map<UUID, List<OfferRow>> byCallback = new HashMap<>();
    private final Map<UUID, List<DialRow>> dials = new HashMap<>();
    private final Map<UUID, PhoneNumber> numbers = new HashMap<>();
    private final Map<UUID, byte[]> names = new HashMap<>();
    private final Map<UUID, List<Said>> said = new HashMap<>();
    private final Map<UUID, LineRow> lineCalls = new HashMap<>();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<Object, MemoryTransaction> holders = new HashMap<>();
    private final Map<UUID, Set<Step>> steps = new HashMap<>();
    private boolean holds = true;

    /** What goes on around the ledger: its clock, its failures, and who is told of changes. */
    interface Surroundings {

        /** The ledger's clock, which may be set. */
        Instant now();

        /** Time that only goes on. */
        Instant steady();

        /** The transaction goes on, or not: called between its steps. */
        default void between() {}

        /** About to commit: throws what keeps it from being done. */
        default void beforeCommit() {}

        /** Committed: throws when its word is lost. */
        default void afterCommit() {}

        default void wakeDispatchers() {}

        /** A lease was shortened. */
        default void cut() {}

        default void stop(UUID offer) {}

        /** Every row that has changed, once it is committed. */
        default void changed(@Nullable Callback before, Callback after) {}

        default void fired(UUID callback, Fired step, boolean again) {}

        default void noted(UUID callback, String kind, String detail) {}
    }

    /** Another transaction holds what this one waits for: whoever asked tries again in a moment. */
    static final class Waits extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Waits() {
            super("held by another", null, false, false);
        }
    }

    private record Step(Kind kind, Instant stood) {}

    /** @param wakeAt when a dispatcher looks again */
    private record Row(Callback callback, Optional<Instant> wakeAt, boolean seeking) {
        UUID id() {
            return callback.facts().id();
        }

        Instant wakeAtOrMax() {
            return wakeAt.orElse(Instant.MAX);
        }
    }

    /** An offer as it stands. */
    private static final class OfferRow {
        final Offer offer;
        final Optional<String> phone;
        Instant leaseUntil;
        boolean answered;

        @Nullable
        String outcome;

        Instant endedAt = Instant.MAX;

        OfferRow(Offer offer, Optional<String> phone) {
            this.offer = offer;
            this.phone = phone;
            leaseUntil = offer.at().plus(offer.lease());
        }

        boolean open() {
            return outcome == null;
        }
    }

    /** A dial of the caller's phone. */
    private static final class DialRow {
        final UUID offer;
        final Instant at;
        boolean rang;
        boolean answered;

        @Nullable
        Outcome outcome;

        DialRow(UUID offer, Instant at) {
            this.offer = offer;
            this.at = at;
        }
    }

    /** A caller's own call. */
    private record LineRow(Optional<PhoneNumber> from, Optional<UUID> callback, Instant until) {}

    /** What somebody said that came of a call-back. */
    private record Said(Instant at, Disposition disposition) {}

    MemoryLedger(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void put(Person person) {
        people.put(person.id(), person);
    }

    Collection<Person> staff() {
        return people.values();
    }

    Stream<Callback> all() {
        return rows.values().stream().map(Row::callback);
    }

    boolean knows(UUID id) {
        return rows.containsKey(id);
    }

    Stream<String> describeOffers() {
        return offers.values().stream()
                .map(row -> describe(row.offer.id(), row.offer.person(), row.leaseUntil, row.answered, row.outcome));
    }

    static String describe(UUID offer, String person, Instant leaseUntil, boolean answered, @Nullable String outcome) {
        return "offer " + offer + " to " + person + " until " + leaseUntil + (answered ? " answered " : " ") + outcome;
    }

    boolean hasOpen(String node) {
        return open(node).findAny().isPresent();
    }

    boolean owesNothing() {
        return byWake.isEmpty() && openByPerson.isEmpty();
    }

    /** A bug to be found: nobody holds anything, so that two may look at one row at a time. */
    void holdNothing() {
        holds = false;
    }

    Callback callback(UUID id) {
        return row(id).callback;
    }

    PhoneNumber number(UUID id) {
        return Optional.ofNullable(numbers.get(id)).orElseThrow();
    }

    Optional<Instant> wakeAt(UUID id) {
        return row(id).wakeAt;
    }

    boolean hasFired(UUID callback, Kind kind, Instant stood) {
        return steps.getOrDefault(callback, Set.of()).contains(new Step(kind, stood));
    }

    /** Whether such a step has fired that stood in this time. */
    boolean hasFired(UUID callback, Kind kind, Instant from, Instant until) {
        return steps.getOrDefault(callback, Set.of()).stream()
                .anyMatch(step -> step.kind() == kind
                        && !step.stood().isBefore(from)
                        && !step.stood().isAfter(until));
    }

    @Override
    public void wakeAll() {
        var untaken = rows.values().stream()
                .filter(row -> row.callback instanceof Untaken)
                .toList();
        if (untaken.stream().anyMatch(row -> holders.containsKey(row.id()))) {
            throw new Waits();
        }
        untaken.forEach(row -> put(new Row(row.callback, Optional.of(surroundings.now()), row.seeking)));
    }

    boolean isSought(UUID callback) {
        return row(callback).seeking;
    }

    /** Whether somebody who is called in as one of these has been called for it since then. */
    boolean hasCalled(UUID callback, Set<Role> roles, Instant since) {
        return byCallback.getOrDefault(callback, List.of()).stream()
                .anyMatch(row -> roles.contains(row.offer.calledInAs())
                        && !row.offer.at().isBefore(since));
    }

    /** Whether its caller is on the line, as far as this book knows. */
    boolean isOnTheLine(UUID callback) {
        var number = Optional.ofNullable(numbers.get(callback));
        return lineCalls.values().stream()
                .filter(row -> row.until.isAfter(surroundings.now()))
                .anyMatch(row ->
                        row.callback.equals(Optional.of(callback)) || (number.isPresent() && row.from.equals(number)));
    }

    /** The offer under which this call-back's caller is being dialled or talked with. */
    Optional<UUID> openDial(UUID callback) {
        return dialOf(callback).map(dial -> dial.offer);
    }

    private Optional<DialRow> dialOf(UUID callback) {
        return dials.getOrDefault(callback, List.of()).stream()
                .filter(dial -> dial.outcome == null)
                .findFirst();
    }

    private Optional<DialRow> dialUnder(UUID offer) {
        return dialOf(offer(offer).offer.callback()).filter(dial -> dial.offer.equals(offer));
    }

    /** How the offer ended; empty while it is open. */
    Optional<String> outcome(UUID offer) {
        return Optional.ofNullable(offer(offer).outcome);
    }

    /** A closed call-back's history is of no more use to a simulation. */
    void forget(UUID callback) {
        var row = rows.remove(callback);
        if (row != null) {
            byWake.remove(row);
            sought.remove(row);
        }
        for (var offer : byCallback.getOrDefault(callback, List.of())) {
            offers.remove(offer.offer.id());
        }
        byCallback.remove(callback);
        steps.remove(callback);
        dials.remove(callback);
        numbers.remove(callback);
        names.remove(callback);
        said.remove(callback);
    }

    private Row row(UUID id) {
        var row = rows.get(id);
        if (row == null) {
            throw new IllegalStateException("no call-back " + id);
        }
        return row;
    }

    private OfferRow offer(UUID id) {
        var row = offers.get(id);
        if (row == null) {
            throw new IllegalStateException("no offer " + id);
        }
        return row;
    }

    private void put(Row row) {
        var number = numbers.get(row.id());
        if (row.callback instanceof Open
                && number != null
                && openFor(number).anyMatch(one -> !one.id().equals(row.id()))) {
            throw new Refused("one open call-back per number");
        }
        var before = rows.put(row.id(), row);
        if (before != null) {
            byWake.remove(before);
            sought.remove(before);
        }
        if (row.wakeAt.isPresent()) {
            byWake.add(row);
        }
        if (row.seeking) {
            sought.add(row);
        }
        surroundings.changed(before == null ? null : before.callback, row.callback);
    }

    @Override
    public <T> T transaction(Function<LedgerTransaction, T> work) {
        surroundings.between();
        var page = new MemoryTransaction();
        try {
            var result = work.apply(page);
            page.goesOn();
            surroundings.beforeCommit();
            page.writes.forEach(Runnable::run);
            page.release();
            page.told.forEach(Runnable::run);
            surroundings.afterCommit();
            return result;
        } finally {
            page.release();
        }
    }

    @Override
    public Optional<Duration> untilNext() {
        surroundings.between();
        var next = byWake.isEmpty() ? Optional.<Instant>empty() : byWake.first().wakeAt;
        for (var offer : openByPerson.values()) {
            if (next.isEmpty() || offer.leaseUntil.isBefore(next.get())) {
                next = Optional.of(offer.leaseUntil);
            }
        }
        var now = surroundings.now();
        return next.map(time -> time.isAfter(now) ? Duration.between(now, time) : Duration.ZERO);
    }

    @Override
    public List<UUID> due(int atMost) {
        var now = surroundings.now();
        return byWake.stream()
                .takeWhile(row -> !row.wakeAtOrMax().isAfter(now))
                .limit(atMost)
                .map(Row::id)
                .toList();
    }

    @Override
    public List<UUID> overdue(int atMost) {
        surroundings.between();
        var now = surroundings.now();
        return rows.values().stream()
                .filter(row -> !(row.callback instanceof Closed))
                .filter(row -> row.callback.facts().keptAt().isEmpty()
                        && row.callback.facts().brokenAt().isEmpty())
                .filter(row -> !row.callback.facts().dueAt().isAfter(now))
                .filter(row -> !(row.callback instanceof Dialling dialling
                        && !dialling.dialledAt().isAfter(dialling.facts().dueAt())))
                .sorted(BY_URGENCY)
                .limit(atMost)
                .map(Row::id)
                .toList();
    }

    @Override
    public Lapsed lapsed(int atMost) {
        surroundings.between();
        var now = surroundings.now();
        var lapsed = new ArrayList<OfferRow>();
        for (var offer : openByPerson.values()) {
            if (!offer.leaseUntil.isAfter(now)) {
                lapsed.add(offer);
            }
        }
        lapsed.sort(
                Comparator.<OfferRow, Instant>comparing(row -> row.leaseUntil).thenComparing(row -> row.offer.id()));
        return new Lapsed(
                lapsed.stream().limit(atMost).map(row -> row.offer.id()).toList(), now);
    }

    @Override
    public void putOff(UUID callback, Duration wait) {
        var row = row(callback);
        put(new Row(row.callback, Optional.of(surroundings.now().plus(wait)), row.seeking));
    }

    @Override
    public void renew(String node, Collection<UUID> alive, Duration lease) {
        surroundings.between();
        var until = surroundings.now().plus(lease);
        open(node)
                .filter(row -> alive.contains(row.offer.id()))
                .forEach(row -> row.leaseUntil = later(row.leaseUntil, until));
    }

    @Override
    public void cutAllBut(String node, Collection<UUID> alive) {
        surroundings.between();
        var now = surroundings.now();
        open(node)
                .filter(row ->
                        !alive.contains(row.offer.id()) && row.offer.at().isBefore(now.minus(Duration.ofSeconds(5))))
                .forEach(row -> {
                    row.leaseUntil = now;
                    surroundings.cut();
                });
    }

    @Override
    public void cut(UUID offer, Duration grace) {
        surroundings.between();
        var until = surroundings.now().plus(grace);
        var row = offers.get(offer);
        if (row != null && row.open() && until.isBefore(row.leaseUntil)) {
            row.leaseUntil = until;
            surroundings.cut();
        }
    }

    @Override
    public Set<UUID> ringingForNothing(Collection<UUID> alive) {
        surroundings.between();
        var nothing = new HashSet<UUID>();
        for (var id : alive) {
            var row = offers.get(id);
            if (row == null || (!row.open() && !row.answered)) {
                nothing.add(id);
            }
        }
        return nothing;
    }

    private Stream<Row> openFor(PhoneNumber number) {
        return rows.values().stream()
                .filter(row -> row.callback instanceof Open && number.equals(numbers.get(row.id())));
    }

    private boolean isCalled(String phone) {
        return openByPerson.values().stream()
                .anyMatch(row -> row.phone.filter(phone::equals).isPresent());
    }

    private boolean rings(Person person) {
        return openByPerson.containsKey(person.id()) || isCalled(person.phone());
    }

    private Stream<OfferRow> open(String node) {
        return openByPerson.values().stream().filter(row -> row.offer.node().equals(node));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** One transaction. */
    private final class MemoryTransaction implements LedgerTransaction {

        private final Instant begun = surroundings.steady();
        private final List<Object> held = new ArrayList<>();
        private final List<Runnable> writes = new ArrayList<>();
        private final List<Runnable> told = new ArrayList<>();

        /** What was held for too long is no longer held. */
        private boolean silent() {
            return surroundings.steady().isAfter(begun.plus(SILENT));
        }

        private void goesOn() {
            surroundings.between();
            if (silent()) {
                throw new DatabaseUnavailable("the transaction was given up", new IllegalStateException());
            }
        }

        private boolean hold(Object what) {
            var holder = holders.get(what);
            if (holds && holder != null && holder != this && !holder.silent()) {
                return false;
            }
            if (holder != this) {
                holders.put(what, this);
                held.add(what);
            }
            return true;
        }

        void release() {
            held.forEach(value -> holders.remove(value, this));
            held.clear();
        }

        private Locked held(Row row) {
            return new Locked(row.callback, surroundings.now());
        }

        private void holdOrWait(Object what) {
            if (!hold(what)) {
                throw new Waits();
            }
        }

        @Override
        public NumberHistory history(PhoneNumber number, Duration within) {
            goesOn();
            holdOrWait(number);
            var now = surroundings.now();
            var counted = rows.values().stream()
                    .filter(row -> number.equals(numbers.get(row.id())))
                    .map(Row::callback)
                    .filter(callback -> callback.facts().requestedAt().isAfter(now.minus(within)))
                    .filter(callback -> !(callback instanceof Closed closed
                            && closed.closing().disposition().equals(Disposition.TALKED)));
            return new NumberHistory(now, openFor(number).map(Row::id).findFirst(), (int) counted.count());
        }

        @Override
        public Optional<NumberHistory> history(UUID callback, Duration within) {
            return Optional.ofNullable(numbers.get(callback)).map(number -> history(number, within));
        }

        @Override
        public boolean enter(Untaken callback, PhoneNumber number) {
            goesOn();
            var id = callback.facts().id();
            if (rows.containsKey(id)) {
                return false;
            }
            writes.add(() -> {
                numbers.put(id, number);
                put(new Row(callback, Optional.of(callback.round().from()), false));
            });
            return true;
        }

        @Override
        public Feasibility workload(Callback callback) {
            goesOn();
            var place = new Row(callback, Optional.empty(), false);
            return new Feasibility(
                    (int) rows.values().stream()
                            .filter(row -> row.callback instanceof Waiting
                                    && row.callback.facts().keptAt().isEmpty())
                            .filter(row -> BY_DUE.compare(row, place) < 0)
                            .count(),
                    (int) all().filter(one -> one instanceof Callback.Assigned).count(),
                    (int) people.values().stream()
                            .filter(person -> person.role() == Role.RESPONDER && person.onDuty())
                            .map(Person::phone)
                            .distinct()
                            .count());
        }

        @Override
        public void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName) {
            lock(callback)
                    .ifPresent(held -> writes.add(() -> {
                        var row = row(callback);
                        if (row.callback instanceof Open open) {
                            var asked = open.facts().asked(open.facts().ask().wishing(wishes));
                            put(new Row(open.with(asked), row.wakeAt, row.seeking));
                            spokenName.ifPresent(bytes -> names.put(callback, bytes));
                        }
                    }));
        }

        @Override
        public void onTheLine(Collection<LineCall> calls, Duration lease) {
            goesOn();
            var until = surroundings.now().plus(lease);
            calls.forEach(call -> writes.add(() -> {
                var before = Optional.ofNullable(lineCalls.get(call.id()));
                lineCalls.put(
                        call.id(),
                        new LineRow(
                                call.from().or(() -> before.flatMap(LineRow::from)),
                                call.callback().or(() -> before.flatMap(LineRow::callback)),
                                until));
            }));
        }

        @Override
        public void offTheLine(UUID call) {
            goesOn();
            writes.add(() -> {
                lineCalls.remove(call);
                lineCalls.values().removeIf(row -> row.until.isBefore(surroundings.now()));
            });
        }

        @Override
        public Set<UUID> onTheLine(Collection<UUID> callbacks) {
            goesOn();
            return callbacks.stream().filter(MemoryLedger.this::isOnTheLine).collect(Collectors.toSet());
        }

        @Override
        public Optional<UUID> askedForIn(UUID call) {
            goesOn();
            var row = Optional.ofNullable(lineCalls.get(call));
            return row.flatMap(LineRow::callback)
                    .filter(id -> rows.containsKey(id) && row(id).callback instanceof Open)
                    .or(() -> row.flatMap(LineRow::from)
                            .flatMap(number -> openFor(number).map(Row::id).findFirst()));
        }

        @Override
        public Optional<String> personAt(String phone) {
            goesOn();
            return people.values().stream()
                    .filter(person -> person.phone().equals(phone))
                    .min(Comparator.<Person, Boolean>comparing(person -> !person.onDuty())
                            .thenComparing(Person::id))
                    .map(Person::id);
        }

        @Override
        public Optional<UUID> notSaidBy(String person) {
            goesOn();
            return all().flatMap(one -> one instanceof NotSaid notSaid ? Stream.of(notSaid) : Stream.empty())
                    .filter(notSaid -> notSaid.responder().equals(person))
                    .max(Comparator.comparing(NotSaid::since))
                    .map(notSaid -> notSaid.facts().id());
        }

        private List<Row> waitingFor(Role role) {
            goesOn();
            var now = surroundings.now();
            return rows.values().stream()
                    .filter(row -> row.callback instanceof Waiting
                            || (row.callback instanceof NeedsDecision && role != Role.RESPONDER))
                    .filter(row -> row.callback instanceof Untaken untaken
                            && !untaken.round().from().isAfter(now))
                    .filter(row -> byCallback.getOrDefault(row.id(), List.of()).stream()
                            .noneMatch(offer -> offer.open() && offer.answered))
                    .sorted(PERSONS_FIRST
                            .thenComparing(
                                    row -> !(row.callback.facts().keptAt().isEmpty()
                                            && row.callback.facts().dueAt().isBefore(now)))
                            .thenComparing(BY_DUE))
                    .toList();
        }

        @Override
        public Backlog backlog(Role role) {
            var waiting = waitingFor(role);
            return new Backlog(
                    surroundings.now(),
                    waiting.size(),
                    waiting.stream().map(row -> (Untaken) row.callback).findFirst());
        }

        @Override
        public Optional<Locked> mostUrgent(Role role) {
            var waiting = waitingFor(role);
            var free = waiting.stream().filter(row -> hold(row.id())).findFirst();
            if (free.isEmpty() && !waiting.isEmpty()) {
                throw new Waits();
            }
            return free.map(this::held);
        }

        @Override
        public Optional<OpenOffer> openOffer(String person) {
            goesOn();
            return Optional.ofNullable(openByPerson.get(person))
                    .map(row -> new OpenOffer(row.offer.id(), row.offer.callback(), row.answered));
        }

        @Override
        public Optional<String> inHandOf(UUID callback, String notOf) {
            goesOn();
            return byCallback.getOrDefault(callback, List.of()).stream()
                    .filter(row -> row.open() && !row.offer.person().equals(notOf))
                    .filter(row -> row.offer.wanted() || row.answered)
                    .min(Comparator.<OfferRow, Boolean>comparing(row -> !row.offer.wanted())
                            .thenComparing(row -> row.offer.at()))
                    .map(row -> row.offer.person());
        }

        @Override
        public void stopPhone(UUID offer) {
            told.add(() -> surroundings.stop(offer));
        }

        @Override
        public Optional<LastDial> lastDial(String person, Duration within) {
            goesOn();
            var since = surroundings.now().minus(within);
            return offers.values().stream()
                    .filter(row -> row.offer.person().equals(person) && "taken".equals(row.outcome))
                    .filter(row -> row.endedAt.isAfter(since))
                    .sorted(Comparator.<OfferRow, Instant>comparing(row -> row.endedAt)
                            .reversed())
                    .flatMap(row -> dials.getOrDefault(row.offer.callback(), List.of()).stream()
                            .filter(dial -> dial.offer.equals(row.offer.id()))
                            .filter(dial -> dial.outcome != null && dial.outcome != Outcome.LOST)
                            .map(dial -> lastDial(row, dial)))
                    .findFirst();
        }

        private LastDial lastDial(OfferRow offer, DialRow dial) {
            var callback = offer.offer.callback();
            var word = said.getOrDefault(callback, List.of()).stream()
                    .filter(said -> !said.at.isBefore(offer.endedAt))
                    .map(Said::disposition)
                    .reduce((_, last) -> last)
                    .orElse(dial.outcome == Outcome.ANSWERED ? Disposition.NOT_SAID : Disposition.NO_ANSWER);
            return new LastDial(callback, offer.offer.id(), word);
        }

        @Override
        public boolean dialledSince(UUID offer) {
            goesOn();
            var row = offer(offer);
            return dials.getOrDefault(row.offer.callback(), List.of()).stream()
                    .anyMatch(dial -> dial.at.isAfter(row.endedAt));
        }

        @Override
        public List<Locked> due(int atMost) {
            goesOn();
            var now = surroundings.now();
            var due = new ArrayList<Locked>();
            for (var row : byWake) {
                if (due.size() == atMost || row.wakeAtOrMax().isAfter(now)) {
                    break;
                } else if (hold(row.id())) {
                    due.add(held(row));
                }
            }
            return due;
        }

        @Override
        public Optional<Locked> due(UUID callback) {
            goesOn();
            return Optional.of(row(callback))
                    .filter(row -> !row.wakeAtOrMax().isAfter(surroundings.now()) && hold(row.id()))
                    .map(this::held);
        }

        @Override
        public List<Locked> seeking(int atMost) {
            goesOn();
            var now = surroundings.now();
            return sought.stream()
                    .filter(row -> row.wakeAtOrMax().isAfter(now))
                    .filter(row -> hold(row.id()))
                    .limit(atMost)
                    .map(this::held)
                    .toList();
        }

        @Override
        public boolean isAnySought() {
            return !sought.isEmpty();
        }

        @Override
        public Optional<Locked> lock(UUID callback) {
            goesOn();
            if (!rows.containsKey(callback)) {
                return Optional.empty();
            }
            if (!hold(callback)) {
                throw new Waits();
            }
            return Optional.of(held(row(callback)));
        }

        @Override
        public Optional<Locked> lockFor(UUID offer) {
            return Optional.ofNullable(offers.get(offer)).flatMap(row -> lock(row.offer.callback()));
        }

        @Override
        public void save(Callback callback, Optional<Instant> wakeAt, boolean seeking) {
            if (seeking && !(callback instanceof Untaken)) {
                throw new Refused("sought while untaken");
            }
            writes.add(() -> put(new Row(callback, wakeAt, seeking)));
        }

        @Override
        public void wakeDispatchers() {
            told.add(surroundings::wakeDispatchers);
        }

        @Override
        public void fired(UUID callback, Fired step, Instant now) {
            writes.add(() -> {
                var fresh =
                        steps.computeIfAbsent(callback, _ -> new HashSet<>()).add(new Step(step.kind(), step.at()));
                surroundings.fired(callback, step, !fresh);
            });
        }

        @Override
        public void note(UUID callback, Instant at, String kind, String detail) {
            writes.add(() -> {
                if (kind.equals("disposition")) {
                    said.computeIfAbsent(callback, _ -> new ArrayList<>()).add(new Said(at, new Disposition(detail)));
                }
                surroundings.noted(callback, kind, detail);
            });
        }

        @Override
        public List<Person> people(String node) {
            goesOn();
            return people.values().stream()
                    .map(person -> new Person(
                            person.id(),
                            person.phone(),
                            person.role(),
                            person.languages(),
                            person.onDuty(),
                            rings(person),
                            person.elsewhere(),
                            person.lastCalledAt()))
                    .toList();
        }

        @Override
        public List<Asked> asked(Collection<UUID> callbacks) {
            goesOn();
            return callbacks.stream()
                    .flatMap(id -> byCallback.getOrDefault(id, List.of()).stream())
                    .filter(row -> row.answered || !"lost".equals(row.outcome))
                    .map(row -> new Asked(row.offer.callback(), row.offer.person(), row.offer.at(), row.open()))
                    .toList();
        }

        @Override
        public Set<String> reserve(Collection<String> wanted) {
            goesOn();
            var reserved = new HashSet<String>();
            for (var person : wanted) {
                if (!rings(Optional.ofNullable(people.get(person)).orElseThrow()) && hold(person)) {
                    reserved.add(person);
                }
            }
            return reserved;
        }

        @Override
        public boolean open(Offer offer, Optional<String> phone) {
            goesOn();
            // As the database's index has it: whoever was about to call this phone ends first.
            phone.ifPresent(number -> holdOrWait("the phone " + number));
            if (openByPerson.containsKey(offer.person())
                    || phone.filter(MemoryLedger.this::isCalled).isPresent()
                    || (offer.wanted() && isWanted(offer.callback()))) {
                return false;
            }
            writes.add(() -> {
                var row = new OfferRow(offer, phone);
                if (phone.filter(MemoryLedger.this::isCalled).isPresent()) {
                    throw new Refused("one open offer per phone");
                } else if (openByPerson.putIfAbsent(offer.person(), row) != null) {
                    throw new Refused("one open offer per responder");
                }
                offers.put(offer.id(), row);
                byCallback
                        .computeIfAbsent(offer.callback(), _ -> new ArrayList<>())
                        .add(row);
                people.computeIfPresent(
                        offer.person(),
                        (_, person) -> new Person(
                                person.id(),
                                person.phone(),
                                person.role(),
                                person.languages(),
                                person.onDuty(),
                                false,
                                person.elsewhere(),
                                offer.at()));
            });
            return true;
        }

        private boolean isWanted(UUID callback) {
            return byCallback.getOrDefault(callback, List.of()).stream()
                    .anyMatch(row -> row.open() && row.offer.wanted());
        }

        @Override
        public Optional<Leg> hold(UUID offer, Instant until) {
            goesOn();
            var row = offer(offer);
            if (!row.open()) {
                return Optional.empty();
            }
            writes.add(() -> row.leaseUntil = later(row.leaseUntil, until));
            return Optional.ofNullable(people.get(row.offer.person()))
                    .map(person -> new Leg(person.id(), row.offer.calledInAs(), person.languages()));
        }

        @Override
        public void answered(UUID offer, Instant now) {
            writes.add(() -> offer(offer).answered = true);
        }

        @Override
        public boolean hasLapsed(UUID offer) {
            goesOn();
            return offer(offer).open() && !offer(offer).leaseUntil.isAfter(surroundings.now());
        }

        @Override
        public Optional<String> end(UUID offer, Instant now, String outcome) {
            goesOn();
            var row = offer(offer);
            if (!row.open()) {
                return Optional.empty();
            }
            writes.add(() -> end(row, now, outcome));
            return Optional.of(row.offer.person());
        }

        private void end(OfferRow row, Instant now, String outcome) {
            if (row.open()) {
                row.outcome = outcome;
                row.endedAt = now;
                openByPerson.remove(row.offer.person(), row);
            }
        }

        @Override
        public void stopRinging(UUID callback, Optional<UUID> except, Instant now, String outcome) {
            goesOn();
            for (var row : byCallback.getOrDefault(callback, List.of())) {
                var id = row.offer.id();
                if (row.open() && !row.answered && except.filter(id::equals).isEmpty()) {
                    writes.add(() -> end(row, now, outcome));
                    told.add(() -> surroundings.stop(id));
                }
            }
        }

        @Override
        public void dial(UUID callback, UUID offer, Instant now) {
            goesOn();
            writes.add(() -> {
                if (dialOf(callback).isPresent()) {
                    throw new Refused("one open dial per callback");
                }
                dials.computeIfAbsent(callback, _ -> new ArrayList<>()).add(new DialRow(offer, now));
            });
        }

        @Override
        public boolean rang(UUID offer, Instant now) {
            goesOn();
            var dial = dialUnder(offer).filter(found -> !found.rang);
            dial.ifPresent(found -> writes.add(() -> found.rang = true));
            return dial.isPresent();
        }

        @Override
        public boolean callerAnswered(UUID offer, Instant now) {
            goesOn();
            var dial = dialUnder(offer).filter(found -> !found.answered);
            dial.ifPresent(found -> writes.add(() -> found.answered = true));
            return dial.isPresent();
        }

        @Override
        public void endDial(UUID offer, Instant now, Outcome outcome) {
            goesOn();
            writes.add(() -> dialUnder(offer).ifPresent(dial -> dial.outcome = outcome));
        }

        @Override
        public PhoneNumber number(UUID callback) {
            return Optional.ofNullable(numbers.get(callback)).orElseThrow();
        }

        @Override
        public Optional<byte[]> spokenName(UUID callback) {
            return Optional.ofNullable(names.get(callback));
        }
    }
}
