import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A window of a real browser, which is asked over its DevTools line when it painted what. */
final class Window implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");

    /** Keeps what an element shows and when that was painted, in milliseconds since 1970. */
    private static final String WATCH = """
            window.painted = [];
            let shown = document.querySelector('%1$s').textContent;
            new MutationObserver(() => {
              const now = document.querySelector('%1$s').textContent;
              if (now === shown) return;
              shown = now;
              requestAnimationFrame(() => {
                const after = new MessageChannel();
                after.port1.onmessage = () => painted.push(performance.timeOrigin + performance.now());
                after.port2.postMessage('painted');
              });
            }).observe(document.body, { subtree: true, childList: true, characterData: true });
            """;

    private final Process browser;
    private final Map<Integer, Promise<JsonObject>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger asking = new AtomicInteger();
    private final WebSocketClient client; // Its lines end when nobody refers to it any more.
    private final WebSocket line;
    private final String session;

    /** @param cookie name and value */
    Window(Vertx vertx, Path folder, String address, String cookie) throws IOException {
        Files.createDirectories(folder);
        browser = new ProcessBuilder(
                        "chromium", "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900",
                        "--remote-debugging-port=0", "--user-data-dir=" + folder, "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var at = URI.create(listening(browser.errorReader()));
        Thread.ofVirtual().start(() -> browser.errorReader().lines().forEach(_ -> {}));
        client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxMessageSize(1 << 24).setMaxFrameSize(1 << 24));
        line = client.connect(at.getPort(), at.getHost(), at.getPath()).await();
        line.textMessageHandler(it -> told(new JsonObject(it)));
        var target = ask("", "Target.createTarget", new JsonObject().put("url", "about:blank")).getString("targetId");
        session = ask("", "Target.attachToTarget", new JsonObject().put("targetId", target).put("flatten", true))
                .getString("sessionId");
        var parts = cookie.split("=", 2);
        ask(session, "Network.setCookie", new JsonObject().put("name", parts[0]).put("value", parts[1]).put("url", address));
        ask(session, "Page.navigate", new JsonObject().put("url", address));
    }

    private static String listening(BufferedReader errors) throws IOException {
        for (var said = errors.readLine(); said != null; said = errors.readLine()) {
            var found = LISTENING.matcher(said);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new IOException("chromium does not start");
    }

    private void told(JsonObject message) {
        var answer = message.getInteger("id") == null ? null : asked.remove(message.getInteger("id"));
        if (answer != null && message.containsKey("error")) {
            answer.fail(message.encode());
        } else if (answer != null) {
            answer.complete(message.getJsonObject("result"));
        }
    }

    private JsonObject ask(String of, String what, JsonObject how) {
        var answer = Promise.<JsonObject>promise();
        var number = asking.incrementAndGet();
        asked.put(number, answer);
        var question = new JsonObject().put("id", number).put("method", what).put("params", how);
        line.writeTextMessage((of.isEmpty() ? question : question.put("sessionId", of)).encode());
        try {
            return answer.future().await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(what + " is not answered", e);
        }
    }

    private Object evaluates(String script) {
        var result = ask(session, "Runtime.evaluate", new JsonObject().put("expression", script).put("returnByValue", true));
        if (result.containsKey("exceptionDetails")) {
            throw new IllegalStateException(result.encode());
        }
        return result.getJsonObject("result").getValue("value");
    }

    /** From now on. */
    void watch(String selector) {
        evaluates(WATCH.formatted(selector));
    }

    /** When what is watched was painted anew, each time, in milliseconds since 1970. */
    double[] painted() {
        return ((JsonArray) evaluates("window.painted")).stream().mapToDouble(it -> ((Number) it).doubleValue()).toArray();
    }

    @Override
    public void close() {
        client.close();
        browser.destroy();
    }
}
