package hotline;

import hotline.OpenCalls.Open;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How a node ends without cutting anybody off: new calls are turned away, so that the carrier or a proxy goes elsewhere;
 * callers in a menu come to its end; talks between people go on in Asterisk, which needs nobody for them.
 */
final class Drain {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Runnable refuseCalls;
    private final Supplier<Open> open;
    private final Consumer<String> status;

    /**
     * @param refuseCalls from then on Asterisk answers new calls with 503
     * @param open the calls that our flows lead
     * @param status told in words whom the end waits for, whenever that changes
     */
    Drain(Runnable refuseCalls, Supplier<Open> open, Consumer<String> status) {
        this.refuseCalls = refuseCalls;
        this.open = open;
        this.status = status;
    }

    /** Returns once nobody is in a menu any more, or the time is over. */
    void run(Duration limit) {
        var until = System.nanoTime() + limit.toNanos();
        refuseCalls.run();
        var told = new Open(0, 0);
        while (true) {
            var now = open.get();
            if (!now.equals(told) && now.menus() + now.talks() > 0) {
                status.accept(words(now.menus(), now.talks()));
                told = now;
            }
            if (now.menus() == 0 || System.nanoTime() - until >= 0) {
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static String words(long menus, long talks) {
        return "waiting for " + count(menus, "caller", "callers") + " in menus; "
                + count(talks, "talk goes", "talks go") + " on";
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
