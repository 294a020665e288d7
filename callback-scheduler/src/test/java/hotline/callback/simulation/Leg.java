package hotline.callback.simulation;

import hotline.base.DatabaseUnavailable;
import hotline.callback.Disposition;
import hotline.callback.OfferService.MayDial;
import hotline.callback.OfferService.OfferEnd;
import hotline.callback.OfferService.Offered;
import hotline.callback.Outcome;
import hotline.callback.PhoneNumber;
import hotline.callback.StaffLineService.Picked;
import hotline.callback.dispatch.Ring;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A staff phone that rings for an offer, and what is said and pressed on it. Its channel lives in Asterisk: when the
 * process that speaks on it is gone, it waits, and asks again what is next.
 */
final class Leg {

    /** What rings, is busy or is answered; all else is told before anything rings. */
    private static final Set<Outcome> RINGS =
            Set.of(Outcome.ANSWERED, Outcome.BUSY, Outcome.NO_ANSWER, Outcome.GIVEN_UP, Outcome.DECLINED, Outcome.LOST);

    private static final long RING_FOR = 25_000;
    private static final long ASK_AGAIN = 2_000;
    private static final int ASKED_AT_MOST = 30;

    private final UUID offer;
    private final Node node;
    private final Simulation simulation;
    private final World.Staff person;
    private boolean over;
    private boolean answered;
    private boolean dialling;
    private Instant dialledAt = Instant.MAX;
    private int asked;
    private int session;
    private @Nullable UUID callback;
    private Optional<PhoneNumber> number = Optional.empty();
    private @Nullable Outcome lastDialled;

    private Leg(UUID offer, World.Staff person, Node node, Simulation simulation) {
        this.offer = offer;
        this.person = person;
        this.node = node;
        this.simulation = simulation;
    }

    /** A staff phone that is called for an offer. */
    static Leg ringing(Ring ring, Node node, Simulation simulation) {
        var leg = new Leg(ring.offer(), simulation.world.staff(ring.phone()), node, simulation);
        simulation.plan(200, leg::rings);
        return leg;
    }

    /** Somebody calls the staff line, and the most urgent call-back becomes an offer on this very leg. */
    static Leg picking(World.Staff person, Node node, Simulation simulation) {
        var leg = new Leg(simulation.id(), person, node, simulation);
        person.onThePhone = leg;
        leg.answered = true;
        leg.then(5_000, leg::pick);
        return leg;
    }

    private void pick() {
        if (node.picks.pick(person.id, offer, PhoneNumber.of(person.phone)) == Picked.OFFERED) {
            ask();
        } else {
            hangUp();
        }
    }

    private void rings() {
        if (over) {
            return;
        }
        if (person.onThePhone != null) {
            over = true;
            node.unanswered(offer, OfferEnd.BUSY);
            return;
        }
        person.onThePhone = this;
        if (simulation.chance(person.answers)) {
            simulation.plan(simulation.between(2_000, 20_000), this::isAnswered);
        } else {
            simulation.plan(RING_FOR, () -> {
                if (!over && !answered) {
                    end();
                    node.unanswered(offer, OfferEnd.UNANSWERED);
                }
            });
        }
    }

    private void isAnswered() {
        if (!over) {
            answered = true;
            if (simulation.faulty() && simulation.chance(0.05)) {
                simulation.plan(simulation.between(500, 600_000), this::hangUp);
            }
            ask();
        }
    }

    /** Asterisk has the server asked what is next; where it is gone, again and again for a while. */
    private void ask() {
        if (over) {
            return;
        }
        if (++asked > ASKED_AT_MOST) {
            hangUp();
            return;
        }
        serve(() -> {
            switch (node.offers.answered(offer)) {
                case Offered.Fresh _ -> listen();
                case Offered.TakenHere here -> {
                    callback = here.taken().callback();
                    then(3_000, this::dial);
                }
                case Offered.DialledHere taken -> resume(taken);
                case Offered.Gone _ -> hangUp();
            }
        });
    }

    /** What the flow does on this leg; when it cannot go on, the dialplan asks for another. */
    private void serve(Runnable flow) {
        if (!node.runs()) {
            askAgain();
            return;
        }
        var mine = session;
        node.does(_ -> {
            if (over || session != mine) {
                return;
            }
            try {
                flow.run();
            } catch (DatabaseUnavailable e) {
                serverGone();
            }
        });
    }

    /** The connection to the server broke: while it does not dial, the dialplan asks again at once. */
    void serverGone() {
        session++;
        if (!over && answered && !dialling) {
            askAgain();
        }
    }

    /** A channel asks one thing at a time: of two breaks of its connection the later one counts. */
    private void askAgain() {
        var mine = session;
        simulation.plan(ASK_AGAIN, () -> {
            if (session == mine) {
                ask();
            }
        });
    }

    private void then(long millis, Runnable next) {
        var mine = session;
        simulation.plan(millis, () -> {
            if (!over && session == mine) {
                serve(next);
            }
        });
    }

    private void listen() {
        var key = person.presses(simulation);
        var after = key == World.Key.NONE ? 20_000 : simulation.between(5_000, 15_000);
        then(after, () -> {
            switch (key) {
                case ONE -> take();
                case TWO -> pass(OfferEnd.SEEN);
                case OTHER -> pass(OfferEnd.DECLINED);
                case NONE -> pass(OfferEnd.SILENT);
            }
        });
    }

    private void pass(OfferEnd end) {
        node.offers.pass(offer, end);
        hangUp();
    }

    private void take() {
        var taken = node.offers.take(offer);
        if (taken.isPresent()) {
            callback = taken.get().callback();
            then(3_000, this::dial);
        } else {
            pass(OfferEnd.TAKEN_BY_ANOTHER);
        }
    }

    private void dial() {
        switch (node.offers.dial(offer)) {
            case MayDial.Yes(var known) when !over -> number = Optional.of(known);
            case MayDial.OnTheLine _
            when !over -> {
                then(1_000, this::dial);
                return;
            }
            case MayDial _ -> {
                hangUp();
                return;
            }
        }
        dialling = true;
        var mine = session;
        dialledAt = simulation.steady();
        simulation.world.dials(this);
        var outcome = simulation.world.outcome();
        simulation.plan(simulation.between(500, 3_000), () -> {
            if (!over && RINGS.contains(outcome)) {
                node.callerRang(offer);
                if (outcome == Outcome.ANSWERED) {
                    simulation.plan(simulation.between(0, 2_000), () -> node.callerAnswered(offer));
                }
            }
        });
        simulation.plan(simulation.world.lasts(outcome), () -> {
            if (!over) {
                dialling = false;
                simulation.world.dialled(this);
                lastDialled = outcome;
                if (session == mine) {
                    serve(() -> settle(outcome));
                } else {
                    ask();
                }
            }
        });
    }

    /** The server was started anew while the caller was being dialled. */
    private void resume(Offered.DialledHere taken) {
        callback = taken.taken().callback();
        if (!dialling) {
            settle(lastDialled == null ? Outcome.LOST : lastDialled);
        }
    }

    private void settle(Outcome outcome) {
        var said = outcome == Outcome.ANSWERED ? simulation.world.disposition() : Optional.<Disposition>empty();
        node.offers.settle(offer, outcome, said);
        hangUp();
    }

    /** Our side stops the ringing; a leg that has been answered is left to its flow. */
    void stop() {
        if (!answered && !over) {
            end();
            node.gone(offer);
        }
    }

    private void hangUp() {
        if (!over) {
            end();
            node.gone(offer);
        }
    }

    /** Its Asterisk is gone, and with it the call. */
    void cutOff() {
        if (!over) {
            end();
        }
    }

    private void end() {
        over = true;
        if (person.onThePhone == this) {
            person.onThePhone = null;
        }
        if (dialling) {
            dialling = false;
            simulation.world.dialled(this);
        }
    }

    UUID offer() {
        return offer;
    }

    Optional<PhoneNumber> number() {
        return number;
    }

    Optional<UUID> callback() {
        return Optional.ofNullable(callback);
    }

    Instant dialledAt() {
        return dialledAt;
    }

    Node node() {
        return node;
    }

    @Override
    public String toString() {
        return "offer " + offer + " to " + person.id + " on " + node.name();
    }
}
