package hotline.testkit.network;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What the person at an outside phone does after picking up; at the end they listen until the other side hangs up. */
public final class Script {

    private final List<Consumer<Talk>> steps = new CopyOnWriteArrayList<>();

    Script() {}

    /** Waits until this prompt was said to its end. */
    public Script waitsFor(String prompt) {
        return then(talk -> talk.waitsFor(prompt));
    }

    /** The same, with a time of its own for it. */
    public Script waitsFor(String prompt, Duration atMost) {
        return then(talk -> talk.waitsFor(prompt, atMost));
    }

    public Script waits(Duration time) {
        return then(talk -> talk.waits(time));
    }

    public Script waitsForTone(int hertz) {
        return then(talk -> talk.waitsForTone(hertz));
    }

    public Script presses(String keys) {
        return then(talk -> talk.presses(keys));
    }

    /** Says a tone, which the other side can wait for. */
    public Script says(int hertz, Duration time) {
        return then(talk -> talk.says(hertz, time));
    }

    public Script hangsUp() {
        return then(Talk::hangsUp);
    }

    private Script then(Consumer<Talk> step) {
        steps.add(step);
        return this;
    }

    void perform(Talk talk) {
        for (var i = 0; i < steps.size(); i++) {
            steps.get(i).accept(talk);
        }
    }
}
