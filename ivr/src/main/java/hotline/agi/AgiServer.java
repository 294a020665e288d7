package hotline.agi;

import hotline.call.CallerHungUp;
import hotline.call.Flow;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Asterisk's calls. Each has a virtual thread of its own, on which its lines are read and its flow runs: with one carrier
 * nothing is handed from one thread to another. A call that breaks is logged by its id and touches no other.
 */
public final class AgiServer {

    private static final Logger LOG = LoggerFactory.getLogger(AgiServer.class);
    private static final String NO_FLOW = "none";

    /** No metric and no log line moves with a call of the tip line: whoever polls would see each of them begin and end. */
    private static final String UNSEEN = "tip-";

    private static final int FRAMES_LOGGED = 8;

    /** So many connections may wait to be taken; the kernel may allow fewer. */
    private static final int BACKLOG = 4_096;

    private static final Duration LATE_ARE_ENDED_EVERY = Duration.ofMillis(250);

    /** Such as when too many files are open. */
    private static final Duration AGAIN_AFTER = Duration.ofMillis(100);

    private final Vertx vertx;
    private final AgiLimits limits;
    private final Map<String, Flow> flows;
    private final TemporarySounds recordings;
    private final AudioSocket sockets;
    private final MeterRegistry meters;
    private final ServerSocket server;
    private final Set<AgiWire> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicInteger seen = new AtomicInteger();
    private final UnseenBreaks unseenBreaks = new UnseenBreaks("tip-line");
    private final Promise<Void> closed = Promise.promise();

    /**
     * @param flows by the path of the agi address, such as {@code trauma-line}
     * @param recordings a folder that Asterisk reaches too, for sounds that live a moment
     */
    public AgiServer(Vertx vertx, AgiLimits limits, Map<String, Flow> flows, Path recordings, MeterRegistry meters) {
        this.vertx = vertx;
        this.limits = limits;
        this.flows = Map.copyOf(flows);
        this.recordings = new TemporarySounds(recordings);
        sockets = new AudioSocket(vertx);
        this.meters = meters;
        server = unbound();
        meters.gauge("hotline.calls.in.flight", seen);
        vertx.setPeriodic(UnseenBreaks.TOLD_EVERY.toMillis(), _ -> unseenBreaks.tell());
    }

    /** Calls come in from here on, from this machine's Asterisk alone; tells the port. What a crash left of recordings is deleted. */
    public Future<Integer> listen(String host, int port) {
        recordings.deleteAll();
        return sockets.listen(host).map(_ -> {
            var bound = bind(host, port);
            Thread.ofVirtual().name("agi").start(this::takeCalls);
            vertx.setPeriodic(LATE_ARE_ENDED_EVERY.toMillis(), _ -> inFlight.forEach(AgiWire::closeIfLate));
            return bound;
        });
    }

    public int callsInFlight() {
        return inFlight.size();
    }

    /** Takes no more calls from here on, and gives those in flight so long to end. */
    public Future<Void> close(Duration grace) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        vertx.setTimer(Math.max(1, grace.toMillis()), _ -> {
            inFlight.forEach(AgiWire::close);
            closed.tryComplete();
        });
        completeIfClosed();
        return closed.future();
    }

    private void completeIfClosed() {
        if (server.isClosed() && inFlight.isEmpty()) {
            closed.tryComplete();
        }
    }

    private static ServerSocket unbound() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int bind(String host, int port) {
        try {
            server.bind(new InetSocketAddress(host, port), BACKLOG);
            return server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take calls on %s:%d: %s".formatted(host, port, e.getMessage()), e);
        }
    }

    private void takeCalls() {
        while (!server.isClosed()) {
            try {
                take(server.accept());
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.error("no call can be taken, trying again: {}", e.getMessage());
                    LockSupport.parkNanos(AGAIN_AFTER.toNanos());
                }
            }
        }
    }

    private void take(Socket socket) throws IOException {
        if (!fromHere(socket)) {
            count(NO_FLOW, "refused");
            socket.close();
            return;
        }
        // Up to the limit's double a call's line is read, so that only other lines' refusals are counted.
        if (inFlight.size() >= 2 * limits.calls()) {
            socket.close();
            return;
        }
        try {
            socket.setKeepAlive(true);
            socket.setTcpNoDelay(true);
            var wire = new AgiWire(socket, limits.lineBytes());
            inFlight.add(wire);
            Thread.ofVirtual().name("call").start(() -> serve(wire));
        } catch (IOException _) {
            count(NO_FLOW, "cut");
            socket.close();
        }
    }

    /** Asterisk runs on this machine: whoever comes from another is a stranger, also where the port can be reached. */
    private static boolean fromHere(Socket socket) {
        var address = socket.getInetAddress();
        return address.isLoopbackAddress() || address.equals(socket.getLocalAddress());
    }

    private void serve(AgiWire wire) {
        var environment = new HashMap<String, String>();
        try {
            wire.environment(environment, limits);
            run(wire, environment);
        } catch (CallerHungUp _) {
            if (!path(environment).startsWith(UNSEEN)) {
                count(NO_FLOW, "cut");
            }
        } catch (AgiBroken e) {
            if (!path(environment).startsWith(UNSEEN)) {
                count(NO_FLOW, "refused");
                LOG.info("a connection to the AGI port is closed: {}", e.getMessage());
            }
        } finally {
            inFlight.remove(wire);
            wire.close();
            completeIfClosed();
        }
    }

    private static String path(Map<String, String> environment) {
        return environment.getOrDefault("agi_network_script", "").split("[/?]", 2)[0];
    }

    private void run(AgiWire wire, Map<String, String> environment) {
        var path = path(environment);
        var flow = flows.get(path);
        if (flow == null) {
            throw new AgiBroken("a call for a flow that is not there");
        } else if (inFlight.size() > limits.calls()) {
            throw new AgiBroken("more calls than are served at once");
        }
        var counted = path.startsWith(UNSEEN) ? 0 : 1;
        seen.addAndGet(counted);
        try {
            run(path, flow, new AgiCall(wire, environment, recordings, sockets));
        } finally {
            seen.addAndGet(-counted);
        }
    }

    private void run(String path, Flow flow, AgiCall call) {
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
        }
    }

    private void broke(AgiCall call, String path, String why) {
        if (path.startsWith(UNSEEN)) {
            unseenBreaks.add(why);
            return;
        }
        count(path, "broken");
        LOG.error("a call has broken, {} of {}: {}", call.id(), path, why);
    }

    private void count(String flow, String outcome) {
        if (!flow.startsWith(UNSEEN)) {
            meters.counter("hotline.calls", "flow", flow, "outcome", outcome).increment();
        }
    }

    private static String where(Throwable e) {
        return Arrays.stream(e.getStackTrace())
                .limit(FRAMES_LOGGED)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
    }
}
