package hotline;

import hotline.callback.staff.Responder;
import hotline.callback.staff.StaffStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** What a start says to whoever watches it; its last line is {@code hotline is up}. */
final class Welcome {

    private static final Duration NAMED_AFTER = Duration.ofSeconds(10);

    private Welcome() {}

    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("not packaged");
    }

    /** By which the operator knows this node: its machine, and the port of its pages. */
    static String name(Config config) {
        try {
            return InetAddress.getLocalHost().getHostName() + ", port "
                    + config.http().port();
        } catch (UnknownHostException e) {
            return config.http().toString();
        }
    }

    /** Up is said once a caller could be served; what is missing after a while is named. */
    static void awaitReady(Map<String, Supplier<Optional<String>>> checks) {
        var patience = System.nanoTime() + NAMED_AFTER.toNanos();
        while (true) {
            var wrong = checks.values().stream()
                    .flatMap(supplier -> supplier.get().stream())
                    .toList();
            if (wrong.isEmpty()) {
                return;
            }
            if (System.nanoTime() > patience) {
                say("still waiting: " + String.join("; ", wrong));
                patience = System.nanoTime() + NAMED_AFTER.toNanos();
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    static void say(Config config, StaffStore staff) {
        if (!config.myPhone()) {
            Main.insist(staff::all).stream()
                    .filter(responder -> responder.phone().equals(Responder.BROWSER))
                    .forEach(responder -> say("the phone of " + responder.id()
                            + " is 'browser', which is not called: set"
                            + " HOTLINE_MY_PHONE=yes, or give a number with PUT /api/v1/responders/" + responder.id()));
        }
        config.ladder()
                .beyond(config.promise())
                .forEach(step -> say("HOTLINE_LADDER: the step '" + step.after() + " "
                        + step.kind().name().toLowerCase(Locale.ROOT) + "' stands after the promise's end, "
                        + config.promise() + ": nobody is called by it"));
        if (config.demo()) {
            say(Samples.told());
            say(Samples.toldStaff());
            say("the desk: http://" + config.http() + "/   " + Samples.toldSignIns());
            say("call from the browser: http://" + config.http() + "/phone   be the responder: http://" + config.http()
                    + "/phone?as=responder");
            say("or from a SIP client: sip:18004948477@%s (tips)   sip:16174310125@%s (trauma support)"
                    .formatted(config.sip(), config.sip()));
        } else {
            say("the desk: http://" + config.http() + "/");
        }
        System.out.println("hotline is up");
    }

    static void say(String line) {
        System.out.println("hotline: " + line);
    }
}
