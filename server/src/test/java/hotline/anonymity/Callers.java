package hotline.anonymity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.Talk;
import hotline.testkit.network.TelephoneNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Two hundred people who call the tip line, four a second, each with a number and a name of their own. */
final class Callers {

    private static final int ALL = 200;
    private static final long APART_NANOS = 250_000_000;
    private static final Duration NOTICE = Duration.ofSeconds(8);
    private static final Duration MOMENT = Duration.ofMillis(2_500);
    private static final List<String> OFFICERS = List.of("6175550131", "6175550132", "6175550133");

    /** So many of those who leave a tip listen to the code that they are told. */
    private static final int LISTENERS = 6;

    private final TelephoneNetwork network;
    private final Hotline hotline;
    private final List<String> codes;
    private final List<String> live;
    private final Random random = new Random(4);
    private final ConcurrentLinkedQueue<Talk> leftTips = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> cutOff = new ConcurrentLinkedQueue<>();
    private final List<String> heard = new ArrayList<>();

    Callers(TelephoneNetwork network, Hotline hotline, List<String> codes) {
        this.network = network;
        this.hotline = hotline;
        this.codes = codes;
        live = codes.subList(0, codes.size() / 2);
    }

    /** What happens meanwhile. */
    interface Fault {
        boolean happens() throws Exception;
    }

    /** What somebody does who calls. */
    private interface Call {
        void with(Talk talk);
    }

    private static String number(int caller) {
        return "617557%04d".formatted(caller);
    }

    /** Small letters alone; the beginning is all callers'. */
    private static String name(int caller) {
        return "vorhund" + (char) ('a' + caller / 26) + (char) ('a' + caller % 26) + "zky";
    }

    Traces traces() {
        var traces = withoutCodes();
        codes.forEach(traces::code);
        heard.forEach(traces::code);
        return traces;
    }

    Traces withoutCodes() {
        var traces = new Traces();
        IntStream.range(0, ALL).forEach(one -> traces.number(number(one)).name(name(one)));
        return traces;
    }

    /**
     * All of them call.
     *
     * @param faults what happens once so many have called, while others go on calling
     */
    void call(Map<Integer, Fault> faults) throws Exception {
        live.forEach(text -> hotline.api().put("/api/v1/tips/" + text, "{\"status\": \"in_review\"}"));
        OFFICERS.forEach(this::isOnDuty);
        var kinds = kinds();
        var threads = new ArrayList<Thread>();
        var happening = new ArrayList<FutureTask<Boolean>>();
        for (var caller = 0; caller < ALL; caller++) {
            var fault = faults.get(caller);
            if (fault != null) {
                happening.add(new FutureTask<>(fault::happens));
                Thread.ofPlatform().name("fault").start(happening.getLast());
            }
            var number = caller;
            threads.add(Thread.ofPlatform().name("caller").start(() -> call(number, kinds.get(number))));
            LockSupport.parkNanos(APART_NANOS);
        }
        for (var thread : threads) {
            thread.join();
        }
        for (var futureTask : happening) {
            assertTrue(futureTask.get());
        }
        leftTips.stream().filter(Talk::isOver).limit(LISTENERS).forEach(this::code);
    }

    private List<Call> kinds() {
        var kinds = new ArrayList<Call>();
        kinds.addAll(Collections.nCopies(70, talk -> asks(talk, live.get(random.nextInt(live.size())))));
        kinds.addAll(Collections.nCopies(
                40, talk -> asks(talk, codes.get(live.size() + random.nextInt(codes.size() - live.size())))));
        kinds.addAll(Collections.nCopies(30, this::hangsUp));
        kinds.addAll(Collections.nCopies(30, Callers::wantsAnOfficer));
        kinds.addAll(Collections.nCopies(30, this::leavesATip));
        Collections.shuffle(kinds, random);
        return kinds;
    }

    private void call(int caller, Call kind) {
        try {
            kind.with(network.call("18004948477")
                    .known("Quenby " + name(caller), number(caller))
                    .dials());
        } catch (AssertionError e) {
            cutOff.add(caller);
        }
    }

    private static void asks(Talk talk, String code) {
        talk.waits(NOTICE).presses("1").waits(MOMENT).presses("1").waits(MOMENT).presses(code);
        talk.waits(MOMENT).presses("1").waits(Duration.ofSeconds(9)).hangsUp();
    }

    private void hangsUp(Talk talk) {
        talk.waits(Duration.ofMillis(random.nextInt(8_000)));
        if (random.nextBoolean()) {
            talk.waits(NOTICE)
                    .presses("1")
                    .waits(MOMENT)
                    .presses("1")
                    .waits(MOMENT)
                    .presses(codes.getFirst());
        }
        talk.hangsUp();
    }

    private static void wantsAnOfficer(Talk talk) {
        talk.waits(NOTICE).presses("0").waits(Duration.ofSeconds(18)).hangsUp();
    }

    private void leavesATip(Talk talk) {
        talk.waits(NOTICE).presses("1").waits(MOMENT).presses("4").waits(MOMENT).presses("1");
        talk.waits(Duration.ofSeconds(6)).says(440, Duration.ofSeconds(3)).waits(Duration.ofSeconds(4));
        talk.presses("#").waits(MOMENT).presses("1").staysUntilHungUp(Duration.ofSeconds(60));
        leftTips.add(talk);
    }

    private void isOnDuty(String phone) {
        hotline.api().put("/api/v1/responders/officer-" + phone, """
                {"name": "Officer", "phone": "%s", "languages": ["en"], "role": "officer", "on_duty": true}
                """.formatted(phone));
        network.phone(phone)
                .answers()
                .waits(Duration.ofSeconds(3))
                .presses("1")
                .waits(Duration.ofSeconds(3))
                .hangsUp();
    }

    private void code(Talk talk) {
        var digits = talk.heard().stream()
                .filter(text -> text.startsWith("digit-"))
                .map(text -> text.substring("digit-".length()))
                .toList();
        if (digits.size() == 12) {
            heard.add(String.join("", digits.subList(0, 6)));
        }
    }

    int heardCodes() {
        return heard.size();
    }

    @Override
    public String toString() {
        return "%d called, %d were cut off, %d heard the code of their tip".formatted(ALL, cutOff.size(), heard.size());
    }
}
