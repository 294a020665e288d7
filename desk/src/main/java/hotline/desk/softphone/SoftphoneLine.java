package hotline.desk.softphone;

import hotline.base.DatabaseUnavailable;
import hotline.desk.access.Scope;
import hotline.desk.access.Session;
import hotline.desk.access.SessionStore;
import hotline.desk.http.Api;
import hotline.desk.http.Cookies;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a staff member's window to Asterisk. Asterisk's own WebSocket is reached from this machine alone; here it is
 * asked who comes, and again and again: whoever is signed out has no phone any more, whatever password they know. The first
 * thing that is said on it is the phone's name and password, which so stand in no address and in no cache.
 */
public final class SoftphoneLine {

    public static final List<String> PROTOCOLS = List.of("sip");
    static final Scope[] MAY_BE_STEP = {Scope.RESPONDER, Scope.SUPERVISOR, Scope.OFFICER};

    private static final Logger LOG = LoggerFactory.getLogger(SoftphoneLine.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    /** Why a line ends: the page says it in words. */
    private static final short FORBIDDEN = 4400;

    private static final short SIGNED_OUT = 4401;
    private static final short TAKEN_OVER = 4409;
    private static final short NO_PLACE = 4429;
    private static final short GONE = 4503;

    private final SoftphoneStore desks;
    private final SessionStore sessions;
    private final String node;
    private final List<String> passwords;
    private final WebSocketClient client;
    private final WebSocketConnectOptions asterisk;

    /**
     * @param node whose Asterisk this is
     * @param passwords one for each place, in order
     */
    public SoftphoneLine(
            Vertx vertx,
            SoftphoneStore desks,
            SessionStore sessions,
            String node,
            List<String> passwords,
            String host,
            int port) {
        this.desks = desks;
        this.sessions = sessions;
        this.node = node;
        this.passwords = List.copyOf(passwords);
        client = vertx.createWebSocketClient();
        asterisk = new WebSocketConnectOptions()
                .setHost(host)
                .setPort(port)
                .setURI("/ws")
                .setSubProtocols(PROTOCOLS)
                .setTimeout(LOOK_EVERY.toMillis());
    }

    void mount(Pages pages) {
        pages.live("/my-phone/line", this::open, MAY_BE_STEP);
    }

    private void open(RoutingContext request, Session session) {
        if (!isFromOurPage(request)) {
            refuse(request, new Problem(403, "this line is for the page 'My phone' alone: open that"));
            return;
        }
        var context = request.vertx().getOrCreateContext();
        client.connect(asterisk)
                .onSuccess(out -> request.request()
                        .toWebSocket()
                        .onSuccess(window -> new Way(window, out, context, session.name(), shown(request)).begin())
                        .onFailure(_ -> out.close()))
                .onFailure(_ -> refuse(request, new Problem(503, "the telephone system cannot be reached now")));
    }

    private static void refuse(RoutingContext request, Problem problem) {
        request.request().resume();
        Api.fail(request, problem);
    }

    private static String shown(RoutingContext request) {
        return Cookies.session(request).orElseThrow();
    }

    /** Browsers say from which site they come, and let no script change it. */
    private static boolean isFromOurPage(RoutingContext request) {
        try {
            var origin = Optional.ofNullable(request.request().getHeader("Origin"))
                    .flatMap(text -> Optional.ofNullable(URI.create(text).getHost()));
            var asked = Optional.ofNullable(request.request().authority()).map(hostAndPort -> hostAndPort.host());
            return origin.isPresent() && origin.equals(asked);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** One window's. */
    private final class Way {

        private final ServerWebSocket window;
        private final WebSocket out;
        private final Context context;
        private final String account;
        private final String shown;
        private final UUID line = UUID.randomUUID();
        private final CountDownLatch over = new CountDownLatch(1);

        Way(ServerWebSocket window, WebSocket out, Context context, String account, String shown) {
            this.window = window;
            this.out = out;
            this.context = context;
            this.account = account;
            this.shown = shown;
        }

        void begin() {
            window.closeHandler(_ -> {
                over.countDown();
                out.close();
            });
            out.closeHandler(_ -> end(GONE));
            Thread.ofVirtual().name("desk-line").start(this::last);
        }

        private void last() {
            try {
                var place = desks.open(account, line, node);
                if (place.isEmpty() || place.getAsInt() > passwords.size()) {
                    LOG.error("no phone in the browser is left for {}: remove accounts that are not used", account);
                    end(NO_PLACE);
                    return;
                }
                context.runOnContext(_ -> join(place.getAsInt()));
                while (!over.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    look();
                }
            } catch (DatabaseUnavailable e) {
                end(GONE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                leave();
            }
        }

        private void join(int place) {
            var desk = "desk" + place;
            out.textMessageHandler(window::writeTextMessage);
            out.binaryMessageHandler(bytes -> window.writeTextMessage(bytes.toString()));
            window.binaryMessageHandler(_ -> end(FORBIDDEN));
            window.textMessageHandler(message -> {
                if (!SipGate.mayPass(message, desk)) {
                    LOG.warn("the window of {} said what a phone may not", account);
                    end(FORBIDDEN);
                } else if (out.writeQueueFull()) {
                    end(GONE);
                } else {
                    out.writeTextMessage(message);
                }
            });
            window.writeTextMessage(new JsonObject()
                    .put("phone", desk)
                    .put("password", passwords.get(place - 1))
                    .encode());
        }

        /** While the database is away nobody is cut off. */
        private void look() {
            try {
                if (sessions.find(shown).isEmpty()) {
                    end(SIGNED_OUT);
                } else if (!desks.hold(account, line)) {
                    end(TAKEN_OVER);
                }
                context.runOnContext(_ -> window.writePing(Buffer.buffer()));
            } catch (DatabaseUnavailable e) {
                LOG.info("whether {} is still signed in is not known now ({})", account, e.getMessage());
            }
        }

        private void leave() {
            try {
                desks.close(account, line);
            } catch (DatabaseUnavailable e) {
                LOG.info("the phone of {} is closed, which cannot be noted ({}); it lapses", account, e.getMessage());
            }
        }

        private void end(short why) {
            over.countDown();
            context.runOnContext(_ -> {
                if (!window.isClosed()) {
                    window.close(why);
                }
            });
        }
    }
}
