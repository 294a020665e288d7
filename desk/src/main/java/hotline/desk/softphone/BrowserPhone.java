package hotline.desk.softphone;

import hotline.desk.http.Api;
import hotline.desk.http.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The browser phone of a rehearsal: its page, and where its telephone system is. */
public final class BrowserPhone {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Path folder;
    private final String socket;
    private final String secret;
    private final String hint;

    /**
     * @param folder where the phone was built; it may be missing
     * @param socket Asterisk's WebSocket, such as {@code ws://127.0.0.1:8088/ws}
     * @param secret with which the responder's window registers
     * @param hint what to try, shown to callers
     */
    public BrowserPhone(Path folder, String socket, String secret, String hint) {
        this.folder = folder;
        this.socket = socket;
        this.secret = secret;
        this.hint = hint;
    }

    public void mount(Router router) {
        file(router, "/phone", "phone.html", "text/html; charset=utf-8");
        file(router, "/phone/phone.js", "phone.js", "text/javascript; charset=utf-8");
        file(router, "/phone/phone.css", "phone.css", "text/css; charset=utf-8");
        router.get("/phone/settings.json").handler(this::settings);
    }

    private void file(Router router, String path, String name, String type) {
        router.get(path).handler(request -> {
            var file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                allow(request);
                request.response().putHeader("Content-Type", type).sendFile(file.toString());
            } else {
                var advice =
                        "the browser phone is not built: install nodejs and npm, then start './hotline demo' again";
                Api.fail(request, new Problem(404, advice));
            }
        });
    }

    /** What the console's other pages must not do: use the microphone, and speak with Asterisk. */
    private void allow(RoutingContext request) {
        var headers = request.response().headers();
        var policy = Optional.ofNullable(headers.get("Content-Security-Policy")).orElse("connect-src 'self'");
        var origin = socket.substring(0, socket.lastIndexOf('/'));
        headers.set("Content-Security-Policy", policy.replace("connect-src 'self'", "connect-src 'self' " + origin));
        headers.set("Permissions-Policy", "microphone=(self), camera=(), geolocation=()");
    }

    private void settings(RoutingContext request) {
        var settings = new JsonObject().put("socket", socket).put("hint", hint);
        if (isFromThisMachine(request.request())) {
            settings.put("responder", new JsonObject().put("user", "browser").put("password", secret));
        }
        request.response().putHeader("Content-Type", "application/json").end(settings.encode());
    }

    /** By its address and by the name it asked for: a site whose name was turned to this machine must learn nothing. */
    private static boolean isFromThisMachine(HttpServerRequest request) {
        var asked = Optional.ofNullable(request.authority())
                .map(hostAndPort -> hostAndPort.host())
                .orElse("");
        return THIS_MACHINE.contains(asked) && isLoopback(request.remoteAddress());
    }

    private static boolean isLoopback(SocketAddress address) {
        try {
            return InetAddress.getByName(address.hostAddress()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
