package hotline.callback.ami;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asterisk's manager interface on a free port, for one client at a time, with the moods that Asterisk can have. */
final class FakeManager implements AutoCloseable {

    private static final String SECRET = "for-tests-only";
    private static final String CHALLENGE = "840415273";

    /** Actions that are answered with an error. */
    final Set<String> refuses = ConcurrentHashMap.newKeySet();

    /** Actions that are not answered, unless the test does it. */
    final Set<String> ignores = ConcurrentHashMap.newKeySet();

    /** The ids of the channels that are up; behind a name of the dialplan's or a caller's stands what it dials, or their number. */
    volatile List<String> channels = List.of();

    private final Map<String, String> variables = new ConcurrentHashMap<>();
    private final ServerSocket door;
    private final Map<String, BlockingQueue<Map<String, String>>> asked = new ConcurrentHashMap<>();
    private volatile Socket line = new Socket();

    FakeManager() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::serve);
    }

    Manager address() {
        return new Manager(door.getInetAddress().getHostAddress(), door.getLocalPort(), "hotline", SECRET);
    }

    /** The next action of this name, its headers in small letters; waits for it. */
    Map<String, String> asked(String action) throws InterruptedException {
        @Nullable Map<String, String> next = queue(action).poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("was not asked to " + action);
        }
        return next;
    }

    /** Says one block of headers, such as an event. */
    synchronized void say(String... headers) {
        write(String.join("\r\n", headers) + "\r\n\r\n");
    }

    /** Drops the connection. */
    void hangUp() {
        try {
            line.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!door.isClosed()) {
            try (var socket = door.accept();
                    var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
                line = socket;
                write("Asterisk Call Manager/9.0.0\r\n");
                for (var action = read(in); !action.isEmpty(); action = read(in)) {
                    hear(action);
                }
            } catch (IOException | UncheckedIOException e) {
                // The line was cut, by either side: the next client may come.
            }
        }
    }

    /** The headers of one action; none at the end of the line. */
    private static Map<String, String> read(BufferedReader in) throws IOException {
        var headers = new HashMap<String, String>();
        for (var header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
            var colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return headers;
    }

    private void hear(Map<String, String> action) {
        var name = action.getOrDefault("action", "");
        if (refuses.contains(name)) {
            refuse(action, "Permission denied");
        } else if (!ignores.contains(name)) {
            answer(action);
        }
        queue(name).add(action);
    }

    /** Answers as Asterisk does when all is well. */
    void answer(Map<String, String> action) {
        switch (action.getOrDefault("action", "")) {
            case "Challenge" -> agree(action, "Challenge: " + CHALLENGE);
            case "Login" -> logIn(action);
            case "CoreSettings" -> agree(action, "AsteriskVersion: 22.5.0");
            case "CoreShowChannels" -> list(action);
            case "GetVar" -> agree(action, "Variable: x\r\nValue: " + variable(action.getOrDefault("variable", "")));
            case "SetVar" -> {
                set(action.getOrDefault("variable", ""), action.getOrDefault("value", ""));
                agree(action, "Message: done");
            }
            default -> agree(action, "Message: done");
        }
    }

    /** A global variable; empty where it is not set. */
    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    void set(String name, String value) {
        variables.put(name, value);
    }

    /** As after a start. */
    void forget() {
        variables.clear();
    }

    private void logIn(Map<String, String> action) {
        if (key().equals(action.get("key"))) {
            agree(action, "Message: Authentication accepted");
            say("Event: FullyBooted", "Status: Fully Booted");
        } else {
            refuse(action, "Authentication failed");
        }
    }

    private static String key() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest((CHALLENGE + SECRET).getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void list(Map<String, String> action) {
        agree(action, "EventList: start");
        channels.forEach(id -> list(action, id));
        say("Event: CoreShowChannelsComplete", id(action), "EventList: Complete", "ListItems: " + channels.size());
    }

    /** Lists one channel, by its id; one of the dialplan's is known by its name. */
    void list(Map<String, String> action, String channel) {
        var parts = channel.split(" ", 2);
        var named = channel.contains("/");
        say(
                "Event: CoreShowChannel",
                id(action),
                "Channel: " + (named ? parts[0] : "PJSIP/trunk-1"),
                "Uniqueid: " + (named ? "1760000000.7" : channel),
                "ApplicationData: " + parts[parts.length - 1],
                "CallerIDNum: " + parts[parts.length - 1]);
    }

    /** Answers that the action is done, or that what it asks for comes in events. */
    void agree(Map<String, String> action, String more) {
        say("Response: Success", id(action), more);
    }

    private void refuse(Map<String, String> action, String why) {
        say("Response: Error", id(action), "Message: " + why);
    }

    private static String id(Map<String, String> action) {
        return "ActionID: " + action.get("actionid");
    }

    private synchronized void write(String text) {
        try {
            line.getOutputStream().write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BlockingQueue<Map<String, String>> queue(String action) {
        return asked.computeIfAbsent(action, _ -> new LinkedBlockingQueue<>());
    }

    @Override
    public void close() throws IOException {
        door.close();
        hangUp();
    }
}
