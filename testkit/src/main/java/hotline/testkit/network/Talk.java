package hotline.testkit.network;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One side of a call that was answered, ours: what the person at the telephone does. Each verb waits until it is done,
 * and fails the test when what it awaits does not come.
 */
public final class Talk {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long KEY_NANOS = 180_000_000;
    private static final long LOOK_EVERY_NANOS = 200_000_000;

    /** The last frame of a prompt may not be sent whole. */
    private static final int NEARLY = Recording.RATE / 20;

    /** So much later its end may come when the machine is busy. */
    private static final int LATE = 3 * Recording.RATE;

    private final Dialog dialog;
    private final Media media;
    private final Hearing hearing;
    private int heardUntil;
    private int requests = 1;

    @SuppressWarnings("FutureReturnValueIgnored") // to close a socket cannot fail
    Talk(Dialog dialog, Media media, Hearing hearing) {
        this.dialog = dialog;
        this.media = media;
        this.hearing = hearing;
        dialog.ended().thenRun(media::close);
    }

    /** Waits until this prompt was said to its end, in whichever language, after what was awaited before. */
    public Talk waitsFor(String prompt) {
        return waitsFor(prompt, PATIENCE);
    }

    public Talk waitsFor(String prompt, Duration atMost) {
        if (!hearing.knows(prompt)) {
            throw new IllegalArgumentException("there is no prompt " + prompt);
        }
        var shortest = hearing.shortest(prompt) - NEARLY;
        awaitThat(
                () -> media.heard().length() - heardUntil >= shortest && wasSaid(prompt),
                atMost,
                prompt + " to be said");
        return this;
    }

    /** Waits until the tone of the other side is heard, which shows that both are connected. */
    public Talk waitsForTone(int hertz) {
        awaitThat(() -> media.heard().endsInTone(hertz), PATIENCE, "a tone of " + hertz + " Hz");
        return this;
    }

    public Talk waits(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        awaitThat(() -> System.nanoTime() >= end, time.plus(PATIENCE), "time to pass");
        return this;
    }

    /** Presses keys, 0-9 * #, each 100 ms long and 80 ms apart. */
    public Talk presses(String keys) {
        media.press(keys);
        awaitThat(media::allIsPressed, PATIENCE, "keys to be pressed");
        return this;
    }

    /** The same, but each press is sent as two events, one right after the other. */
    public Talk pressesSentTwice(String keys) {
        media.pressSentTwice(keys);
        awaitThat(media::allIsPressed, PATIENCE, "keys to be pressed");
        return this;
    }

    /** The same as tones in the sound. */
    public Talk pressesAsTones(String keys) {
        media.pressAsTones(keys);
        awaitThat(media::allIsSaid, PATIENCE, "keys to be pressed");
        return this;
    }

    /** The same as SIP INFO. */
    public Talk pressesByInfo(String keys) {
        for (var key : keys.split("")) {
            sendInfo(key);
            LockSupport.parkNanos(KEY_NANOS);
        }
        return this;
    }

    /** The same as events, and each press as SIP INFO too. */
    public Talk pressesByEventAndInfo(String keys) {
        for (var key : keys.split("")) {
            media.press(key.charAt(0), () -> sendInfo(key));
            awaitThat(media::allIsPressed, PATIENCE, "a key to be pressed");
        }
        return this;
    }

    private void sendInfo(String key) {
        var info = dialog.request("INFO", ++requests).with("Content-Type", "application/dtmf-relay");
        dialog.wire()
                .send(
                        new SipMessage(info.firstLine(), info.headers(), "Signal=" + key + "\r\nDuration=100\r\n"),
                        dialog.peer());
    }

    /** The telephone loses the network: it sends nothing and answers nothing, and nobody is told. */
    public Talk dies() {
        dialog.wire().cut(dialog.callId());
        media.close();
        return this;
    }

    /** Begins to say a tone, which the other side can wait for. */
    public Talk says(int hertz, Duration time) {
        media.say(hertz, time);
        return this;
    }

    public Talk staysUntilHungUp() {
        return staysUntilHungUp(Duration.ofMinutes(2));
    }

    public Talk staysUntilHungUp(Duration atMost) {
        try {
            dialog.ended().get(atMost.toMillis(), MILLISECONDS);
            return this;
        } catch (TimeoutException e) {
            throw new AssertionError("not hung up after " + atMost + "; heard: " + heard(), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    public void hangsUp() {
        dialog.hangUp();
    }

    public boolean isOver() {
        return dialog.ended().isDone();
    }

    /** The keys of the prompts heard so far, in order. */
    public List<String> heard() {
        return hearing.prompts(media.heard());
    }

    /** The same with language, time and likeness. */
    public List<Heard> heardInDetail() {
        return hearing.heard(media.heard());
    }

    public Recording recording() {
        return media.heard();
    }

    private boolean wasSaid(String prompt) {
        var recording = media.heard();
        // It grows while it is looked at, on a busy machine by seconds: only what was there before counts as looked at.
        var lookedAtUntil = recording.length();
        var found = hearing.find(prompt, recording, heardUntil);
        if (found.isEmpty()) {
            heardUntil = Math.max(heardUntil, lookedAtUntil - Template.BEGINNING - Recording.RATE);
            return false;
        }
        var end = found.get().at() + found.get().template().length();
        if (lookedAtUntil < end - NEARLY && !isOver()) {
            return false;
        } else if (hearing.isWhole(found.get(), recording)) {
            heardUntil = end - NEARLY;
            return true;
        } else if (lookedAtUntil > end + LATE || isOver()) {
            // Of one that was cut off only the beginning is passed over: it may be said again at once.
            heardUntil = found.get().at() + found.get().template().beginning();
        }
        return false;
    }

    private void awaitThat(BooleanSupplier event, Duration atMost, String what) {
        var end = System.nanoTime() + atMost.toNanos();
        while (!event.getAsBoolean()) {
            if (isOver() && !event.getAsBoolean()) {
                throw new HungUp(what, Recording.time(media.heard().length()), this::heard);
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + atMost + " for " + what + "; heard: " + heard());
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
