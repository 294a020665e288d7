package hotline.testkit.network;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** An outside phone. What it does when it is called is said beforehand, and can be changed at any time. */
public final class Phone {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final String number;
    private final Consumer<AssertionError> problems;
    private final List<Ring> rings = new CopyOnWriteArrayList<>();
    private final AtomicReference<Consumer<Ring>> behaviour = new AtomicReference<>(Phone::doesNotExist);

    private volatile Handset handset = Handset.PLAIN;

    Phone(String number, Consumer<AssertionError> problems) {
        this.number = number;
        this.problems = problems;
    }

    /** It sends nothing at all while nobody speaks. */
    public Phone onAQuietLine() {
        handset = handset.onAQuietLine();
        return this;
    }

    /** It does not offer to send keys as RFC 4733 events. */
    public Phone withoutKeyEvents() {
        handset = handset.withoutKeyEvents();
        return this;
    }

    /** Picks up after ringing for half a second, and does what the script says. Without one it listens in silence. */
    public Script answers() {
        return answersAfter(Duration.ofMillis(500));
    }

    public Script answersAfter(Duration ringing) {
        var script = new Script();
        behaviour.set(ring -> {
            ring.rings();
            if (ring.ringsFor(ringing)) {
                ring.answers().ifPresent(script::perform);
            }
        });
        return script;
    }

    /** A machine picks up, talks for 12 s and never presses a key. */
    public void isVoicemail() {
        answers()
                .says(300, Duration.ofSeconds(3))
                .says(500, Duration.ofSeconds(3))
                .says(400, Duration.ofSeconds(6));
    }

    public void isBusy() {
        behaviour.set(ring -> ring.refuses(486, "Busy Here"));
    }

    public void ringsUnanswered() {
        behaviour.set(ring -> {
            ring.rings();
            ring.ringsFor(LONG);
        });
    }

    /** The network cannot carry the call. */
    public void isCongested() {
        behaviour.set(ring -> ring.refuses(503, "Service Unavailable"));
    }

    /** Whatever answers for this number says no at once, such as 603. */
    public void refuses(int status, String reason, SipMessage.Header... headers) {
        behaviour.set(ring -> ring.refuses(status, reason, List.of(headers)));
    }

    /** It rings for half a second before it says no. */
    public void ringsAndRefuses(int status, String reason) {
        behaviour.set(ring -> {
            ring.rings();
            if (ring.ringsFor(Duration.ofMillis(500))) {
                ring.refuses(status, reason);
            }
        });
    }

    /** There is no such number: what a phone does that was never spoken of. */
    public void doesNotExist() {
        behaviour.set(Phone::doesNotExist);
    }

    private static void doesNotExist(Ring ring) {
        ring.refuses(404, "Not Found");
    }

    /** Every call that came to this phone, the first one first. */
    public List<Ring> rings() {
        return List.copyOf(rings);
    }

    /** Waits until this phone has been called this many times, and returns the last of these calls. */
    public Ring awaitRing(int count, Duration atMost) {
        var end = System.nanoTime() + atMost.toNanos();
        while (rings.size() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError(number + " was called " + rings.size() + " times in " + atMost);
            }
            LockSupport.parkNanos(20_000_000);
        }
        return rings.get(count - 1);
    }

    public Ring awaitRing(Duration atMost) {
        return awaitRing(1, atMost);
    }

    void isCalled(Ring ring) {
        ring.comesTo(handset);
        rings.add(ring);
        Thread.ofPlatform().daemon().name("phone").start(() -> {
            try {
                behaviour.get().accept(ring);
            } catch (HungUp early) {
                // What remained of the script is then not said.
            } catch (AssertionError failed) {
                problems.accept(new AssertionError("phone " + number + ": " + failed.getMessage(), failed));
            }
        });
    }
}
