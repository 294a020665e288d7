package hotline.agi;

import hotline.call.CallerHungUp;
import hotline.call.Flow;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Asterisk's calls. The event loop collects a call's environment; at its blank line the call gets a virtual thread
 * of its own, on which its flow runs. A call that breaks is logged by its id and touches no other.
 */
public final class AgiServer {

    private static final Logger LOG = LoggerFactory.getLogger(AgiServer.class);

    private final Vertx vertx;
    private final AgiLimits limits;
    private final Map<String, Flow> flows;
    private final Path recordings;
    private final MeterRegistry meters;
    private final NetServer server;
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * @param flows by the path of the agi address, such as {@code trauma-line}
     * @param recordings a folder that Asterisk reaches too, for sounds that live a moment
     */
    public AgiServer(Vertx vertx, AgiLimits limits, Map<String, Flow> flows, Path recordings, MeterRegistry meters) {
        this.vertx = vertx;
        this.limits = limits;
        this.flows = Map.copyOf(flows);
        this.recordings = recordings;
        this.meters = meters;
        server = vertx.createNetServer(new NetServerOptions().setTcpKeepAlive(true).setTcpNoDelay(true));
        server.connectHandler(this::connected);
        meters.gauge("hotline.calls.in.flight", inFlight);
    }

    /** Calls come in from here on. Only this machine's Asterisk may connect unless another host is listened on. */
    public Future<NetServer> listen(String host, int port) {
        return server.listen(port, host);
    }

    public int callsInFlight() {
        return inFlight.get();
    }

    /** No more calls; those in flight go on until the process ends. */
    public Future<Void> close() {
        return server.close();
    }

    private void connected(NetSocket socket) {
        if (!isOurs(socket) || inFlight.get() >= limits.calls()) {
            count("none", "refused");
            socket.close();
            return;
        }
        inFlight.incrementAndGet();
        new Connection(socket).open();
    }

    /** Strangers who reach a port that listens on more than the loopback address are not served. */
    private static boolean isOurs(NetSocket socket) {
        try {
            var address = InetAddress.getByName(socket.remoteAddress().hostAddress());
            return address.isLoopbackAddress() || address.isSiteLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void count(String flow, String outcome) {
        meters.counter("hotline.calls", "flow", flow, "outcome", outcome).increment();
    }

    /** One connection, from its first line to the start of its flow. */
    private final class Connection {

        private final NetSocket socket;
        private final AgiWire wire;
        private final Lines lines;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private long environmentTimer;
        private int environmentLines;
        private boolean begun;

        Connection(NetSocket socket) {
            this.socket = socket;
            wire = new AgiWire(socket);
            lines = new Lines(limits.lineBytes(), this::line);
        }

        void open() {
            environmentTimer = vertx.setTimer(limits.environment().toMillis(), _ -> refuse("an environment without an end"));
            socket.handler(arrived -> {
                try {
                    lines.take(arrived);
                } catch (AgiBroken e) {
                    refuse(String.valueOf(e.getMessage()));
                }
            });
            socket.exceptionHandler(_ -> socket.close());
            socket.closeHandler(_ -> closed());
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
                environment.put(colon < 0 ? line : line.substring(0, colon), colon < 0 ? "" : line.substring(colon + 2));
            }
        }

        private void begin() {
            begun = true;
            vertx.cancelTimer(environmentTimer);
            var path = environment.getOrDefault("agi_network_script", "").replaceFirst("[/?].*", "");
            var flow = flows.get(path);
            if (flow == null) {
                throw new AgiBroken("a call for a flow that is not there");
            }
            Thread.ofVirtual().name("call").start(() -> run(path, flow));
        }

        private void run(String path, Flow flow) {
            var call = new AgiCall(wire, environment, recordings);
            try {
                flow.run(call);
                call.done();
                count(path, "finished");
            } catch (CallerHungUp _) {
                count(path, "hung_up");
            } catch (RuntimeException | Error e) {
                count(path, "broken");
                // The stack tells where; a message might tell what was pressed.
                LOG.error("call {} of {} broke: {} at {}", call.id(), path, e.getClass().getName(), where(e));
            } finally {
                wire.close();
            }
        }

        private static String where(Throwable e) {
            var frames = e.getStackTrace();
            var text = new StringBuilder();
            for (var i = 0; i < Math.min(8, frames.length); i++) {
                text.append(i == 0 ? "" : " < ").append(frames[i]);
            }
            return text.toString();
        }

        private void refuse(String why) {
            if (!begun) {
                count("none", "refused");
            }
            LOG.warn("a connection to the AGI port is closed: {}", why);
            socket.close();
        }

        private void closed() {
            inFlight.decrementAndGet();
            vertx.cancelTimer(environmentTimer);
            wire.ended();
        }
    }
}
