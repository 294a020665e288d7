package hotline.agi;

import hotline.call.CallerHungUp;
import hotline.call.Flow;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Asterisk's calls. The event loop collects a call's environment; at its blank line the call gets a virtual thread
 * of its own, on which its flow runs. A call that breaks is logged by its id and touches no other.
 */
public final class AgiServer {

    private static final Logger LOG = LoggerFactory.getLogger(AgiServer.class);
    private static final String NO_FLOW = "none";

    /** No metric and no log line moves with one of its calls: whoever polls would see each of them begin and end. */
    private static final String UNSEEN = "tip-line";

    private static final int FRAMES_LOGGED = 8;

    private final Vertx vertx;
    private final AgiLimits limits;
    private final Map<String, Flow> flows;
    private final Recordings recordings;
    private final AudioSocket sockets;
    private final MeterRegistry meters;
    private final NetServer server;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private final UnseenBreaks unseenBreaks = new UnseenBreaks(UNSEEN);

    /**
     * @param flows by the path of the agi address, such as {@code trauma-line}
     * @param recordings a folder that Asterisk reaches too, for sounds that live a moment
     */
    public AgiServer(Vertx vertx, AgiLimits limits, Map<String, Flow> flows, Path recordings, MeterRegistry meters) {
        this.vertx = vertx;
        this.limits = limits;
        this.flows = Map.copyOf(flows);
        this.recordings = new Recordings(recordings);
        sockets = new AudioSocket(vertx);
        this.meters = meters;
        server = vertx.createNetServer(
                new NetServerOptions().setTcpKeepAlive(true).setTcpNoDelay(true));
        server.connectHandler(this::connected);
        meters.gauge("hotline.calls.in.flight", seen);
        vertx.setPeriodic(UnseenBreaks.TOLD_EVERY.toMillis(), _ -> unseenBreaks.tell());
    }

    /** Calls come in from here on, from this machine's Asterisk alone. What a crash left of recordings is deleted. */
    public Future<NetServer> listen(String host, int port) {
        recordings.deleteAll();
        return sockets.listen(host).compose(_ -> server.listen(port, host));
    }

    public int callsInFlight() {
        return inFlight.get();
    }

    /** Takes no more calls from here on, and gives those in flight so long to end. */
    public Future<Void> close(Duration grace) {
        return server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void connected(NetSocket socket) {
        if (!fromHere(socket)) {
            count(NO_FLOW, "refused");
            socket.close();
            return;
        }
        // Up to the limit's double a call's line is read, so that only other lines' refusals are counted.
        if (inFlight.get() >= 2 * limits.calls()) {
            socket.close();
            return;
        }
        inFlight.incrementAndGet();
        new Connection(socket).open();
    }

    /** Asterisk runs on this machine: whoever comes from another is a stranger, also where the port can be reached. */
    private static boolean fromHere(NetSocket socket) {
        var address = socket.remoteAddress().hostAddress();
        return InetAddress.ofLiteral(address).isLoopbackAddress()
                || address.equals(socket.localAddress().hostAddress());
    }

    private void count(String flow, String outcome) {
        if (flow.equals(UNSEEN)) {
            return;
        }
        meters.counter("hotline.calls", "flow", flow, "outcome", outcome).increment();
    }

    /** One connection, from its first line to the end of its flow. */
    private final class Connection {

        private final NetSocket socket;
        private final AgiWire wire;
        private final Lines lines = new Lines(limits.lineBytes(), this::line);
        private final Map<String, String> environment = new HashMap<>();
        private long environmentTimer;
        private int environmentLines;
        private boolean begun;
        private boolean refused;
        private boolean counted;

        Connection(NetSocket socket) {
            this.socket = socket;
            wire = new AgiWire(socket);
        }

        void open() {
            environmentTimer =
                    vertx.setTimer(limits.environment().toMillis(), _ -> refuse("an environment without an end"));
            socket.handler(this::take);
            socket.exceptionHandler(_ -> socket.close());
            socket.closeHandler(_ -> closed());
        }

        private void take(Buffer arrived) {
            try {
                lines.take(arrived);
            } catch (AgiBroken e) {
                refuse(String.valueOf(e.getMessage()));
            }
        }

        private void line(String line) {
            if (begun) {
                wire.arrived(line);
            } else if (line.isEmpty()) {
                begin();
            } else if (++environmentLines > limits.environmentLines()) {
                throw new AgiBroken("an environment with too many lines");
            } else {
                var colon = line.indexOf(": ");
                environment.put(
                        colon < 0 ? line : line.substring(0, colon), colon < 0 ? "" : line.substring(colon + 2));
            }
        }

        private String path() {
            return environment.getOrDefault("agi_network_script", "").replaceFirst("[/?].*", "");
        }

        private void begin() {
            var path = path();
            var flow = flows.get(path);
            if (flow == null) {
                throw new AgiBroken("a call for a flow that is not there");
            }
            if (inFlight.get() > limits.calls()) {
                throw new AgiBroken("more calls than are served at once");
            }
            begun = true;
            counted = !path.equals(UNSEEN);
            if (counted) {
                seen.incrementAndGet();
            }
            vertx.cancelTimer(environmentTimer);
            Thread.ofVirtual().name("call").start(() -> run(path, flow));
        }

        private void run(String path, Flow flow) {
            var call = new AgiCall(wire, environment, recordings, sockets);
            try {
                flow.run(call);
                call.done();
                count(path, "finished");
            } catch (CallerHungUp _) {
                count(path, "hung_up");
            } catch (AgiBroken e) {
                broke(call, path, String.valueOf(e.getMessage()));
            } catch (RuntimeException | Error e) {
                // The stack tells where; a message might tell what was pressed.
                broke(call, path, e.getClass().getName() + " at " + where(e));
            } finally {
                wire.close();
            }
        }

        private void broke(AgiCall call, String path, String why) {
            if (path.equals(UNSEEN)) {
                unseenBreaks.add(why);
                return;
            }
            count(path, "broken");
            LOG.error("a call has broken, {} of {}: {}", call.id(), path, why);
        }

        private static String where(Throwable e) {
            return Arrays.stream(e.getStackTrace())
                    .limit(FRAMES_LOGGED)
                    .map(StackTraceElement::toString)
                    .collect(Collectors.joining(" < "));
        }

        /** What is not Asterisk, or not any more, is read no further. */
        private void refuse(String why) {
            socket.handler(_ -> {});
            if (begun) {
                wire.broken();
            } else {
                refused = true;
                if (!path().equals(UNSEEN)) {
                    count(NO_FLOW, "refused");
                    LOG.info("a connection to the AGI port is closed: {}", why);
                }
            }
            socket.close();
        }

        private void closed() {
            inFlight.decrementAndGet();
            if (counted) {
                seen.decrementAndGet();
            }
            vertx.cancelTimer(environmentTimer);
            if (!begun && !refused && !path().equals(UNSEEN)) {
                count(NO_FLOW, "cut");
            }
            wire.ended();
        }
    }
}
