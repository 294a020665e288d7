package hotline.callback.simulation;

import hotline.base.DatabaseUnavailable;
import hotline.callback.Disposition;
import hotline.callback.Ledger.LineCall;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.RetryPlan;
import hotline.callback.RingPlan;
import hotline.callback.dispatch.Decisions;
import hotline.callback.dispatch.Dialler;
import hotline.callback.dispatch.DispatchLoop;
import hotline.callback.dispatch.Dispatcher;
import hotline.callback.dispatch.LegRecorder;
import hotline.callback.dispatch.Legs;
import hotline.callback.dispatch.Offers;
import hotline.callback.dispatch.Question;
import hotline.callback.dispatch.RequestedOffers;
import hotline.callback.dispatch.RequestedOffers.Result;
import hotline.callback.dispatch.Ring;
import hotline.callback.dispatch.Talks;
import hotline.callback.request.Requests;
import hotline.callback.staffline.DispositionCorrection;
import hotline.callback.staffline.Picks;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * One process with its Asterisk. The process may be killed or frozen at any step while its Asterisk, and with it the
 * people's talks, goes on; and the other way about.
 */
final class Node implements Dialler {

    private static final long LOOK_EVERY = 10_000;
    private static final long TAKEN_FOR_DEAD = 15_000;
    private static final long LONGEST_WAIT = 2_000;
    private static final Duration LINE_LEASE = Duration.ofSeconds(12);
    private static final long RENEWED_EVERY = 4_000;

    final Decisions decisions;
    final Offers offers;
    final Requests requests;
    final Picks picks;
    final Talks talks;
    private final RequestedOffers requested;
    private final DispositionCorrection correction;
    private final String name;
    private final Simulation simulation;
    private final Legs legs;
    private final DispatchLoop dispatcher;
    private final Map<UUID, Leg> channels = new HashMap<>();
    private boolean running;
    private boolean looked;
    private boolean looksAtLegs;
    private boolean connected;
    private boolean asterisk = true;
    private int life;
    private int asteriskLife;
    private long startedAt;
    private long servesSince;
    private long frozenUntil;
    private long nextLook = Long.MAX_VALUE;
    private boolean looking;
    private RingPlan plan = Simulation.PLAN;
    private RingPlan woken = Simulation.PLAN;

    Node(String name, Simulation simulation) {
        this.name = name;
        this.simulation = simulation;
        offers = new Offers(simulation.book, () -> plan.ladder(), RetryPlan.STANDARD);
        decisions = new Decisions(simulation.book);
        requests = new Requests(simulation.book, Simulation.PROMISE);
        picks = new Picks(simulation.book, () -> plan.ladder(), name);
        requested = new RequestedOffers(simulation.book, name);
        correction = new DispositionCorrection(simulation.book, RetryPlan.STANDARD);
        talks = new Talks(simulation.book, RetryPlan.STANDARD);
        legs = new LegRecorder(simulation.book, offers, name);
        dispatcher = new DispatchLoop(
                new Dispatcher(
                        simulation.book, () -> plan, name, simulation::id, () -> simulation.millis() * 1_000_000),
                this);
    }

    // ---- the process ----

    void start() {
        if (running) {
            return;
        }
        running = true;
        looked = false;
        looksAtLegs = false;
        connected = false;
        looking = false;
        nextLook = Long.MAX_VALUE;
        life++;
        startedAt = simulation.millis();
        later(1, this::goByPlan);
        later(TAKEN_FOR_DEAD, this::lookSoon);
        connect();
        lookIn(300);
    }

    String name() {
        return name;
    }

    /** Each start of the process, and each end, is a life of its own. */
    int life() {
        return life;
    }

    boolean runs() {
        return running;
    }

    /** Whether it could do all of its work. */
    boolean serves() {
        return running && connected && looked && frozenUntil <= simulation.millis();
    }

    Instant servesSince() {
        return simulation.steady().minusMillis(simulation.millis() - Math.max(servesSince, frozenUntil));
    }

    /** Whether nothing has kept it from renewing its leases since then. */
    boolean servedSince(Instant then) {
        return serves() && servesSince().isBefore(then);
    }

    long frozenUntil() {
        return frozenUntil;
    }

    void kill(long downFor) {
        if (running) {
            simulation.happened(name + " is killed for " + downFor + " ms");
            running = false;
            connected = false;
            life++;
            frozenUntil = 0;
            channels.values().forEach(Leg::serverGone);
            simulation.plan(downFor, this::start);
        }
    }

    void freeze(long millis) {
        if (running) {
            simulation.happened(name + " freezes for " + millis + " ms");
            frozenUntil = Math.max(frozenUntil, simulation.millis() + millis);
        }
    }

    void killAsterisk(long downFor) {
        if (asterisk) {
            simulation.happened(name + "'s Asterisk is killed for " + downFor + " ms");
            asterisk = false;
            asteriskLife++;
            connected = false;
            looksAtLegs = false;
            channels.values().forEach(Leg::cutOff);
            channels.clear();
            simulation.plan(downFor, () -> {
                asterisk = true;
                connect();
            });
        }
    }

    void heal() {
        frozenUntil = Math.min(frozenUntil, simulation.millis());
        start();
    }

    /** Done by this process, unless it has died by then; when it is frozen, afterwards. */
    void later(long millis, Runnable what) {
        var mine = life;
        simulation.plan(millis, () -> {
            if (running && life == mine) {
                act(what, 0);
            }
        });
    }

    /** Done by this process now, if it runs. */
    void does(Consumer<Node> what) {
        later(0, () -> what.accept(this));
    }

    private void act(Runnable what, long waited) {
        var mine = life;
        var thawsIn = frozenUntil - simulation.millis();
        if (thawsIn > 0) {
            simulation.plan(thawsIn, () -> {
                if (running && life == mine) {
                    act(what, waited);
                }
            });
            return;
        }
        try {
            simulation.act(this, what);
        } catch (MemoryLedger.Waits e) {
            if (waited < LONGEST_WAIT && running && life == mine) {
                simulation.plan(5, () -> {
                    if (running && life == mine) {
                        act(what, waited + 5);
                    }
                });
            }
        } catch (DatabaseUnavailable e) {
            // Whoever asked has a way of their own to go on; this one is not asked for again.
        } catch (Simulation.Killed e) {
            // The process ended in the middle of it.
        }
    }

    /** As {@code RingPlans}: what waits is looked at anew by another plan, also when we died in the middle of that. */
    void goByPlan() {
        plan = simulation.plan();
        if (!plan.equals(woken)) {
            try {
                simulation.book.wakeAll();
                woken = plan;
                lookSoon();
            } catch (MemoryLedger.Waits e) {
                later(5, this::goByPlan);
            }
        }
    }

    // ---- the dispatcher ----

    private void lookIn(long millis) {
        var at = simulation.millis() + millis;
        if (at < nextLook || nextLook < simulation.millis()) {
            nextLook = at;
            later(millis, () -> {
                if (nextLook <= simulation.millis()) {
                    nextLook = Long.MAX_VALUE;
                    keep();
                }
            });
        }
    }

    private void lookSoon() {
        lookIn(2);
    }

    private void keep() {
        if (looking) {
            lookIn(5);
            return;
        }
        looking = true;
        var mine = life;
        try {
            // The dispatcher sleeps for a second at the most; where nothing changes, each look would find the same.
            var sleep = dispatcher.look();
            if (!ready()) {
                lookIn(1_000);
            } else if (!simulation.ledger.owesNothing()) {
                lookIn(Math.max(1, sleep.toMillis()));
            }
        } catch (DatabaseUnavailable | MemoryLedger.Waits e) {
            lookIn(1_000);
        } finally {
            if (life == mine) {
                looking = false;
            }
        }
    }

    /** A notification of the ledger; some are lost, and then the dispatcher looks within a second all the same. */
    void told() {
        if (running) {
            lookIn(simulation.faulty() && simulation.chance(0.02) ? 1_000 : 2);
        }
    }

    /** Nobody is told of it: the dispatcher's next look, within a second, finds it. */
    void foundOut() {
        if (running) {
            lookIn(1_000);
        }
    }

    void told(UUID offer) {
        if (running && channels.containsKey(offer) && !(simulation.faulty() && simulation.chance(0.02))) {
            later(5, () -> stop(offer));
        }
    }

    // ---- its Asterisk ----

    private void connect() {
        if (!running || !asterisk || connected) {
            return;
        }
        var mine = asteriskLife;
        later(1_000, () -> {
            if (asterisk && asteriskLife == mine && !connected) {
                connected = true;
                servesSince = simulation.millis();
                lookAtLegs(mine);
            }
        });
    }

    private void lookAtLegs(int mine) {
        if (!connected || asteriskLife != mine) {
            return;
        }
        // Where nothing rings and nothing is owed to this node, each look would find the same.
        looksAtLegs = !looked || !channels.isEmpty() || simulation.ledger.hasOpen(name);
        if (looksAtLegs) {
            later(LOOK_EVERY, () -> lookAtLegs(mine));
        }
        legs.alive(Set.copyOf(channels.keySet())).forEach(this::stop);
        if (!looked) {
            looked = true;
            servesSince = simulation.millis();
            lookSoon();
        }
    }

    @Override
    public boolean ready() {
        return running && connected;
    }

    @Override
    public boolean knowsItsLegs() {
        return looked || simulation.millis() - startedAt >= TAKEN_FOR_DEAD;
    }

    @Override
    public Set<String> busy() {
        return Set.of();
    }

    @Override
    public void ring(Ring ring) {
        if (asterisk) {
            channels.put(ring.offer(), Leg.ringing(ring, this, simulation));
        }
        looksAtLegsSoon();
    }

    /** The responder is asked, and answers most of the time. */
    @Override
    public void ask(Question question) {
        if (asterisk && simulation.chance(0.6)) {
            later(
                    simulation.between(5_000, 40_000),
                    () -> simulation.rules.during(
                            Rules.Move.CORRECTION, () -> talks.say(question.callback(), simulation.world.word())));
        }
    }

    /** A caller's own call goes on for a while, and ends, unless this process ends before. */
    void isOnTheLine(UUID call, Optional<UUID> callback, long millis) {
        simulation.book.transaction(page -> {
            page.onTheLine(List.of(new LineCall(call, Optional.empty(), callback)), LINE_LEASE);
            return call;
        });
        if (millis > RENEWED_EVERY) {
            later(RENEWED_EVERY, () -> isOnTheLine(call, Optional.empty(), millis - RENEWED_EVERY));
        } else {
            later(
                    millis,
                    () -> simulation.book.transaction(page -> {
                        page.offTheLine(call);
                        return call;
                    }));
        }
    }

    private void looksAtLegsSoon() {
        if (connected && !looksAtLegs) {
            looksAtLegs = true;
            var mine = asteriskLife;
            later(LOOK_EVERY, () -> lookAtLegs(mine));
        }
    }

    /** Somebody calls the staff line of this node. */
    void isCalledBy(World.Staff person) {
        if (running && asterisk && person.onThePhone == null) {
            var leg = Leg.picking(person, this, simulation);
            channels.put(leg.offer(), leg);
            looksAtLegsSoon();
        }
    }

    /** Somebody asks for this call-back at the desk. */
    void isAskedFor(UUID callback, World.Staff person) {
        var offer = simulation.id();
        does(_ -> {
            if (requested.ask(callback, person.id, offer, busy()) instanceof Result.Rings rings) {
                ring(new Ring(offer, rings.phone()));
            }
        });
    }

    /** Somebody said by mistake what came of their last call-back. */
    void corrects(World.Staff person, Disposition said) {
        does(_ -> simulation.rules.during(Rules.Move.CORRECTION, () -> correction.putRight(person.id, said)));
    }

    @Override
    public void stop(UUID offer) {
        var leg = channels.get(offer);
        if (leg != null) {
            leg.stop();
        }
    }

    /** A channel is gone: whoever listens to this Asterisk is told. */
    void gone(UUID offer) {
        if (channels.remove(offer) != null) {
            event(() -> legs.gone(offer));
        }
    }

    void unanswered(UUID offer, OfferEnd end) {
        if (channels.remove(offer) != null) {
            event(() -> legs.unanswered(offer, end));
        }
    }

    void callerRang(UUID offer) {
        event(() -> legs.callerRang(offer));
    }

    void callerAnswered(UUID offer) {
        event(() -> legs.callerAnswered(offer));
    }

    private void event(Runnable what) {
        if (connected) {
            later(3, what);
        }
    }

    @Override
    public String toString() {
        return name + channels;
    }
}
