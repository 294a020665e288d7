package hotline.callback.simulation;

import hotline.base.DatabaseUnavailable;
import hotline.callback.Callback;
import hotline.callback.Callback.Ask;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Fired;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.CallbackService.Promise;
import hotline.callback.Disposition;
import hotline.callback.Ladder;
import hotline.callback.Ledger;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.RingPlan;
import hotline.callback.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Days of the hotline from a seed, in virtual time: callers ask, staff answer or don't, nodes die, freeze and come back,
 * the database pauses and its clock jumps. The dispatcher, the moves and the ladder are the real ones. What it does is
 * decided by the seed alone.
 */
final class Simulation implements MemoryLedger.Surroundings {

    static final Ladder LADDER =
            Ladder.parse("PT0S first, PT3M next, PT6M all, PT12M supervisor, PT20M at_risk every PT2M, PT25M manager");
    static final RingPlan PLAN = new RingPlan(LADDER, Duration.ofMinutes(1));

    /** By what the supervisor puts in its place now and then everything comes sooner. */
    private static final RingPlan HURRIED = new RingPlan(
            Ladder.parse("PT0S first, PT2M next, PT5M all, PT10M supervisor, PT15M at_risk every PT2M, PT22M manager"),
            Duration.ZERO);

    static final Duration PROMISE = Duration.ofMinutes(30);

    private static final Instant MIDNIGHT = Instant.parse("2026-11-02T05:00:00Z");
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final int DEEPEST = 3;

    /** How often another goes on, and something fails, between two steps of a transaction. */
    private static final double STUMBLES = 0.002;

    final Random random;
    final MemoryLedger ledger = new MemoryLedger(this);
    final Ledger book;
    final Rules rules = new Rules(this);
    final Tally tally = new Tally();
    final List<Node> nodes = new ArrayList<>();
    final World world = new World(this);
    final boolean replans;
    final Story story = new Story();

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long now;
    private long sequence;
    private long clockOffset;
    private long databaseDownUntil;
    private long journaled;
    private int depth;
    private RingPlan plan = PLAN;
    private boolean faults = true;
    private boolean inTransaction;
    private @Nullable Node acting;

    /** What happens at a time; of two at one time the one that was planned first. */
    private record Event(long at, long sequence, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(sequence, other.sequence) : Long.compare(at, other.at);
        }
    }

    /** The node's process ends here and now. */
    static final class Killed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    Simulation(long seed, Plant plant) {
        random = new Random(seed);
        book = plant.in(ledger);
        replans = chance(0.3);
        var count = 1 + random.nextInt(3);
        for (var i = 0; i < count; i++) {
            nodes.add(new Node("node-" + i, this));
        }
    }

    /** Runs so many days with faults, then a quiet day in which everything must come to its end. */
    Tally run(int days) {
        world.hire();
        nodes.forEach(Node::start);
        for (var day = 0; day < days; day++) {
            plan(day * DAY);
        }
        plan(MINUTE, this::audit);
        until(days * DAY);
        heal();
        until(days * DAY + DAY);
        rules.everythingHasEnded();
        return tally;
    }

    // ---- time ----

    long millis() {
        return now;
    }

    @Override
    public Instant now() {
        return MIDNIGHT.plusMillis(now + clockOffset);
    }

    @Override
    public Instant steady() {
        return MIDNIGHT.plusMillis(now);
    }

    void plan(long inMillis, Runnable what) {
        queue.add(new Event(now + Math.max(0, inMillis), sequence++, what));
    }

    private void until(long end) {
        while (!queue.isEmpty() && queue.peek().at <= end) {
            var event = queue.remove();
            now = Math.max(now, event.at);
            var before = acting;
            acting = null;
            try {
                event.what.run();
            } finally {
                acting = before;
            }
        }
        now = Math.max(now, end);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** From the one up to before the other. */
    long between(long from, long to) {
        return from + (long) (random.nextDouble() * (to - from));
    }

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Who does what the ledger is asked for now: their process may fail in the middle. */
    void act(Node node, Runnable what) {
        var before = acting;
        acting = node;
        try {
            what.run();
        } finally {
            acting = before;
        }
    }

    // ---- a day ----

    private void plan(long from) {
        var callers = 2 + random.nextInt(20);
        for (var i = 0; i < callers; i++) {
            plan(from - now + between(0, DAY), this::asks);
        }
        if (chance(0.2)) {
            var rush = between(0, DAY);
            for (var i = 0; i < 12; i++) {
                plan(from - now + rush + between(0, 10 * MINUTE), this::asks);
            }
        }
        for (var shift = 0; shift < 3; shift++) {
            plan(from - now + shift * DAY / 3, world::changeShift);
        }
        for (var i = 0; i < 8; i++) {
            plan(from - now + between(0, DAY), this::fault);
        }
        for (var i = 0; i < 12; i++) {
            plan(from - now + between(0, DAY), this::works);
        }
        for (var i = 0; replans && i < 6; i++) {
            plan(from - now + between(0, DAY), this::replan);
        }
    }

    /** A caller asks by way of one of the nodes; what was committed and could be spoken is promised. */
    private void asks() {
        var ask = new Ask(Wishes.cautious(chance(0.3) ? "es" : "en"), chance(0.8), chance(0.1), 1);
        var call = id();
        var request = new Request(id(), Optional.empty(), number(), ask, Optional.of(call));
        anyNode().does(node -> {
            try {
                promised(node.requests.enter(request), call, node);
            } catch (DatabaseUnavailable e) {
                journaled++;
                entersLater(request.askedAt(now()));
            }
        });
    }

    /** Few enough that some ask twice. */
    private PhoneNumber number() {
        return new PhoneNumber("617555%04d".formatted(random.nextInt(chance(0.2) ? 10 : 1_000)));
    }

    private Node anyNode() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private void promised(Promise promise, UUID call, Node node) {
        var id = promise.callback();
        rules.promised(id, promise.dueAt());
        tally.promises++;
        var lasts = between(2_000, 70_000);
        node.isOnTheLine(call, Optional.of(id), lasts);
        if (chance(0.15)) {
            node.later(lasts / 2, () -> node.talks.begun(call, world.anybody().phone));
        } else if (chance(0.9)) {
            node.later(lasts / 2, () -> node.requests.ready(id));
        }
        if (chance(0.5)) {
            node.later(
                    lasts / 3,
                    () -> node.requests.amend(id, promise.least(new Wishes("en", true, true)), Optional.empty()));
        }
        if (chance(0.07)) {
            plan(between(10_000, 40 * MINUTE), () -> anyNode().does(one -> cancels(one, id)));
        }
    }

    private void cancels(Node node, UUID callback) {
        if (ledger.knows(callback)) {
            node.requests.cancel(ledger.number(callback));
        }
    }

    /** What was asked without the database stands in a journal, and is entered when it is back. */
    private void entersLater(Request request) {
        plan(between(1_000, MINUTE), () -> {
            var node = anyNode();
            try {
                var promise = node.requests.enter(request);
                rules.promised(promise.callback(), promise.dueAt());
                journaled--;
                tally.promises++;
            } catch (DatabaseUnavailable | MemoryLedger.Waits e) {
                entersLater(request);
            }
        });
    }

    long journaled() {
        return journaled;
    }

    /** Staff who work by themselves: they call in, ask for a call-back at the desk, or take back what they said. */
    private void works() {
        var person = world.anybody();
        var open =
                ledger.all().filter(callback -> !(callback instanceof Closed)).toList();
        switch (random.nextInt(3)) {
            case 0 -> anyNode().isCalledBy(person);
            case 1 -> {
                if (!open.isEmpty()) {
                    anyNode()
                            .isAskedFor(
                                    open.get(random.nextInt(open.size()))
                                            .facts()
                                            .id(),
                                    person);
                }
            }
            default -> anyNode().corrects(person, chance(0.5) ? Disposition.TALKED : Disposition.NO_ANSWER);
        }
    }

    /** Somebody at the desk sets another ladder: each node hears of it, or finds out. */
    private void replan() {
        plan = plan.equals(PLAN) ? HURRIED : PLAN;
        happened("the ladder is " + plan.ladder() + " from now on");
        nodes.forEach(node -> node.later(between(1, chance(0.1) ? 30_000 : 50), node::goByPlan));
        tally.replans++;
    }

    RingPlan plan() {
        return plan;
    }

    private void fault() {
        if (!faults) {
            return;
        }
        var node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(8)) {
            case 0 -> node.kill(between(500, 2 * MINUTE));
            case 1 -> node.freeze(chance(0.2) ? 10 * MINUTE : between(1_000, 3 * MINUTE));
            case 2 -> node.killAsterisk(between(1_000, MINUTE));
            case 3 -> pauseDatabase(between(100, 40_000));
            case 4 -> jump(between(-60, 61) * MINUTE);
            case 5 -> nodes.forEach(one -> one.kill(between(1_000, 40 * MINUTE)));
            case 6 -> nodes.forEach(one -> one.killAsterisk(between(1_000, 10 * MINUTE)));
            default -> {
                node.kill(between(500, MINUTE));
                node.killAsterisk(between(500, MINUTE));
            }
        }
        tally.faults++;
    }

    /** What happened to the system, for whoever reads the story of a run that went wrong. */
    void happened(String what) {
        story.add(Duration.ofMillis(now) + " " + what);
    }

    private void pauseDatabase(long millis) {
        databaseDownUntil = Math.max(databaseDownUntil, now + millis);
        happened("the database pauses for " + millis + " ms");
        rules.disturbed(databaseDownUntil);
    }

    private void jump(long millis) {
        if (chance(0.3)) {
            clockOffset += millis;
            happened("the database's clock is set by " + millis + " ms");
            // Set back, it has to catch up before anything comes due again; nothing is done twice meanwhile.
            rules.disturbed(now + Math.max(0, -millis));
            wakeDispatchers();
        }
    }

    private void audit() {
        rules.audit();
        plan(MINUTE, this::audit);
    }

    /** From now on nothing fails, and everybody does their work. */
    private void heal() {
        faults = false;
        world.wellMeaning();
        nodes.forEach(Node::heal);
    }

    boolean faulty() {
        return faults;
    }

    /** A person looks at what needs a decision, and closes it. */
    private void decide(UUID callback) {
        nodes.get(random.nextInt(nodes.size())).does(node -> {
            if (chance(0.2)) {
                node.decisions.acknowledge(callback);
            } else if (ledger.knows(callback) && ledger.callback(callback) instanceof NeedsDecision) {
                node.decisions.close(callback, new Disposition("no_answer"), "tried often enough");
            }
        });
        // Whoever was told that it could not be done tries again.
        plan(30 * MINUTE, () -> {
            if (ledger.knows(callback) && ledger.callback(callback) instanceof NeedsDecision) {
                decide(callback);
            }
        });
    }

    // ---- around the ledger ----

    @Override
    public void between() {
        if (databaseDownUntil > now) {
            throw new DatabaseUnavailable("the database is down", new IllegalStateException());
        }
        var node = acting;
        if (!faults || node == null || depth >= DEEPEST || !chance(STUMBLES)) {
            return;
        }
        // Others go on meanwhile, on top of this step: only the first of them may be kept from going on for long.
        depth++;
        var life = node.life();
        try {
            var kind = random.nextInt(8);
            if (kind == 0 && depth == 1) {
                node.freeze(between(100, 3 * MINUTE));
            } else if (kind == 1) {
                node.kill(between(500, MINUTE));
            }
            until(Math.max(now + between(1, 50), node.frozenUntil()));
            if (kind <= 1) {
                tally.faults++;
            }
            if (node.life() != life) {
                throw new Killed();
            }
        } finally {
            depth--;
        }
    }

    @Override
    public void beforeCommit() {
        if (databaseDownUntil > now || (faults && chance(0.0005))) {
            throw new DatabaseUnavailable("the connection broke", new IllegalStateException());
        }
        inTransaction = true;
    }

    @Override
    public void afterCommit() {
        inTransaction = false;
        rules.committed();
        if (faults && chance(0.0005)) {
            throw new DatabaseUnavailable("committed, but the word was lost", new IllegalStateException());
        }
    }

    @Override
    public void wakeDispatchers() {
        nodes.forEach(Node::told);
    }

    @Override
    public void cut() {
        nodes.forEach(Node::foundOut);
    }

    @Override
    public void stop(UUID offer) {
        for (var node : nodes) {
            node.told(offer);
        }
    }

    @Override
    public void changed(@Nullable Callback before, Callback after) {
        rules.changed(before, after);
        if (!inTransaction) {
            rules.committed();
        }
        if (after instanceof NeedsDecision && !(before instanceof NeedsDecision)) {
            tally.needsDecision++;
            plan(between(5, 90) * MINUTE, () -> decide(after.facts().id()));
        } else if (after instanceof Closed closed && !(before instanceof Closed)) {
            tally.closed(closed);
            plan(DAY / 2, () -> forget(after.facts().id()));
        }
    }

    /** Unless it is owed again by now. */
    private void forget(UUID callback) {
        if (ledger.knows(callback) && ledger.callback(callback) instanceof Closed) {
            ledger.forget(callback);
            story.forget(callback);
            rules.forget(callback);
        }
    }

    @Override
    public void fired(UUID callback, Fired step, boolean again) {
        tally.steps++;
        rules.fired(ledger.callback(callback), step, again);
    }

    @Override
    public void noted(UUID callback, String kind, String detail) {
        tally.note(kind);
        story.add(callback, Duration.ofMillis(now) + " " + kind + " " + detail);
    }
}
