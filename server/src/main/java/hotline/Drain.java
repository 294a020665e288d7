package hotline;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How a node ends without cutting anybody off: new calls are turned away, so that the carrier or a proxy goes elsewhere;
 * callers in a menu come to its end; talks between people go on in Asterisk, which needs nobody for them.
 */
final class Drain {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Asterisk asterisk;
    private final Supplier<Set<String>> open;
    private final Consumer<String> status;

    /** What is asked of Asterisk. */
    interface Asterisk {

        /** From now on it answers new calls with 503. */
        void refuseCalls();

        /** The channels that talk with another, by their ids; none where it cannot be asked. */
        Set<String> talking();

        /** Once this talk is over, its call is: nobody is there to say a word after it. */
        void endAfterTalk(String channel);
    }

    /**
     * @param open the calls that our flows lead
     * @param status told in words whom the end waits for, whenever that changes
     */
    Drain(Asterisk asterisk, Supplier<Set<String>> open, Consumer<String> status) {
        this.asterisk = asterisk;
        this.open = open;
        this.status = status;
    }

    /** Returns once nobody is in a menu any more, or the time is over. */
    void run(Duration limit) {
        var until = System.nanoTime() + limit.toNanos();
        asterisk.refuseCalls();
        var told = "";
        while (true) {
            var calls = open.get();
            var talking = asterisk.talking();
            var talks = calls.stream().filter(talking::contains).count();
            var menus = calls.size() - talks;
            var words = words(menus, talks);
            if (!words.equals(told) && menus + talks > 0) {
                status.accept(words);
                told = words;
            }
            if (menus == 0 || System.nanoTime() - until >= 0) {
                calls.stream().filter(talking::contains).forEach(asterisk::endAfterTalk);
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
