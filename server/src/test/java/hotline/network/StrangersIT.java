package hotline.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hotline.testkit.network.LoneAsterisk;
import hotline.testkit.network.Malice;
import hotline.testkit.network.Ring;
import hotline.testkit.network.ScriptedServer;
import hotline.testkit.network.ScriptedServer.Session;
import hotline.testkit.network.SipMessage;
import hotline.testkit.network.Stranger;
import hotline.testkit.network.TelephoneNetwork;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks on the wire, against the real Asterisk with our configuration: from strangers, and from whoever makes the
 * carrier pass on what they like. None of it dials, reaches the log, or keeps a caller out.
 */
final class StrangersIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String TRUNK = "127.0.0.1";
    private static final String NEIGHBOUR = "127.0.0.9";
    private static final String TIP_LINE = "18004948477";
    private static final String TRAUMA_LINE = "16174310125";

    private static final List<String> OTHER_REQUESTS = List.of(
            "OPTIONS", "REGISTER", "SUBSCRIBE", "MESSAGE", "PUBLISH", "REFER", "INFO", "NOTIFY", "UPDATE", "NONSENSE");

    private static final LinkedBlockingQueue<Map<String, String>> SERVED = new LinkedBlockingQueue<>();

    private static TelephoneNetwork network;
    private static LoneAsterisk asterisk;
    private static ScriptedServer server;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException {
        network = TelephoneNetwork.withoutCarrier();
        asterisk = new LoneAsterisk(home, network);
        server = new ScriptedServer(asterisk.agiPort());
        List.of("tip-line", "trauma-line", "staff-line", "offer").forEach(flow -> server.on(flow, StrangersIT::serve));
    }

    private static void serve(Session session) {
        SERVED.add(session.environment());
        session.says("ANSWER");
        session.isDone();
    }

    @AfterAll
    static void stop() {
        server.close();
        asterisk.close();
        network.close();
    }

    /** An address of this machine that the configuration knows nothing of. */
    private static String outside() throws IOException {
        var address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(inetAddress -> inetAddress instanceof Inet4Address && !inetAddress.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        assumeTrue(address.isPresent(), "this machine has no address but loopback's");
        return address.get();
    }

    private static void nothingWasDialled() {
        assertEquals(List.of(), network.rings().stream().map(Ring::invite).toList());
    }

    private static void aCallerIsServed() throws InterruptedException {
        SERVED.clear();
        network.call(TRAUMA_LINE).from("+16175559999").dials().staysUntilHungUp(SOON);
        var call = aCall();
        while (call.containsKey("agi_context") && !"trauma-line".equals(call.get("agi_context"))) {
            call = aCall();
        }
        assertEquals("+16175559999", call.get("agi_callerid"));
    }

    private static Map<String, String> aCall() throws InterruptedException {
        var environment = SERVED.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        return environment == null ? Map.of() : environment;
    }

    @ParameterizedTest
    @CsvSource({TRUNK + ",404", NEIGHBOUR + ",401"})
    void whatever_is_dialled_but_our_lines_is_refused(String host, int status) {
        SERVED.clear();
        try (var stranger = new Stranger(host, asterisk.sip())) {
            for (var uri : Malice.ELSEWHERE) {
                var invite = stranger.request("INVITE", uri.formatted(asterisk.sip()));
                assertEquals(status, stranger.isTold(invite), invite::firstLine);
            }
        }
        assertTrue(SERVED.isEmpty(), SERVED::toString);
        nothingWasDialled();
    }

    @Test
    void a_stranger_reaches_not_even_our_lines_and_is_told_the_same_whatever_they_ask() throws IOException {
        SERVED.clear();
        var logged = asterisk.log();
        var answers = new HashSet<String>();
        try (var stranger = new Stranger(outside(), asterisk.sip())) {
            for (var line : List.of(TIP_LINE, TRAUMA_LINE, "16175550100", "19005551234", "browser")) {
                var uri = "sip:" + line + "@" + asterisk.sip();
                answers.add(answer(stranger, stranger.request("INVITE", uri)));
                OTHER_REQUESTS.forEach(method -> answers.add(answer(stranger, stranger.request(method, uri))));
            }
        }
        assertEquals(1, answers.size(), answers::toString);
        assertTrue(answers.iterator().next().startsWith("SIP/2.0 401"), answers::toString);
        assertFalse(answers.toString().matches("(?is).*(asterisk|hotline|22\\.).*"), answers::toString);
        assertTrue(SERVED.isEmpty(), SERVED::toString);
        assertEquals(logged, asterisk.log());
    }

    /** Without what is another each time. */
    private static String answer(Stranger stranger, SipMessage request) {
        return stranger.asks(request)
                .map(sipMessage -> sipMessage
                        .toString()
                        .replaceAll("(?m)^(Via|Call-ID|From|To|CSeq):.*\r\n", "")
                        .replaceAll("(nonce|opaque)=\"[^\"]*\"", "$1"))
                .orElse("nothing");
    }

    @Test
    void a_scanner_is_told_the_same_for_every_name() throws IOException, InterruptedException {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var answers = new HashSet<String>();
        try (var scanner = new Stranger(outside(), asterisk.sip())) {
            for (var name : List.of("browser", "caller", "trunk", "tip-line", "nobody", "hotline", "100", TIP_LINE)) {
                answers.add(scan(scanner, "REGISTER", name));
                answers.add(scan(scanner, "INVITE", name));
            }
            for (var i = 0; i < 200; i++) {
                answers.add(scan(scanner, i % 2 == 0 ? "OPTIONS" : "REGISTER", "" + random.nextInt(100, 10_000)));
            }
        }
        assertEquals(1, answers.size(), () -> answers + ", seed " + seed);
        aCallerIsServed();
    }

    private static String scan(Stranger scanner, String method, String name) {
        var request = scanner.request(method, "sip:" + asterisk.sip()).toString();
        var asked = request.replace("+12125550001@elsewhere.invalid", name + "@" + asterisk.sip());
        return answer(scanner, SipMessage.parse(asked.getBytes(UTF_8), asked.length()));
    }

    @ParameterizedTest
    @ValueSource(strings = {TRUNK, NEIGHBOUR})
    void no_other_request_does_anything(String host) {
        SERVED.clear();
        try (var stranger = new Stranger(host, asterisk.sip())) {
            for (var method : OTHER_REQUESTS.subList(1, OTHER_REQUESTS.size() - 1)) {
                for (var user : List.of("", TIP_LINE + "@", TRAUMA_LINE + "@", "browser@")) {
                    var request = stranger.request(method, "sip:" + user + asterisk.sip())
                            .with("Refer-To", "<sip:19005551234@" + network.address() + ">")
                            .with("Event", "presence")
                            .with("Expires", "60");
                    var status = stranger.isTold(request);
                    assertTrue(status >= 400, () -> method + " to " + user + " was answered with " + status);
                }
            }
        }
        assertTrue(SERVED.isEmpty(), SERVED::toString);
        nothingWasDialled();
    }

    @Test
    void a_running_call_is_neither_transferred_nor_pressed_nor_turned_elsewhere() throws InterruptedException {
        var pressed = new CompletableFuture<String>();
        var listening = new CompletableFuture<Void>();
        server.on("tip-line", session -> {
            session.says("ANSWER");
            listening.complete(null);
            pressed.complete(session.says("WAIT FOR DIGIT 5000"));
            session.isDone();
        });
        var elsewhere = "<sip:19005551234@" + network.address() + ">";
        try (var stranger = new Stranger(TRUNK, asterisk.sip());
                var another = new Stranger(NEIGHBOUR, asterisk.sip())) {
            var invite = stranger.request("INVITE", "sip:" + TIP_LINE + "@" + asterisk.sip());
            var call = stranger.accepts(invite, stranger.asks(invite).orElseThrow());
            listening.join();
            var number = 1;
            for (var transfer : List.of(elsewhere, elsewhere.replace(">", "?Replaces=x>"), "<tel:+19005551234>")) {
                var refer = call.request("REFER", ++number).with("Refer-To", transfer);
                assertTrue(stranger.isTold(refer) >= 400, refer::toString);
            }
            for (var method : List.of("MESSAGE", "SUBSCRIBE", "NOTIFY")) {
                var request =
                        call.request(method, ++number).with("Event", "refer").with("Contact", elsewhere);
                assertNotEquals(200, stranger.isTold(key(request)), method);
            }
            // The call's own phone may press keys so; nobody else may, whatever they know of the call.
            var foreign = another.request("INFO", "sip:" + TIP_LINE + "@" + asterisk.sip());
            var headers = foreign.toString()
                    .replace(foreign.callId(), invite.callId())
                    .getBytes(UTF_8);
            assertNotEquals(200, another.isTold(key(SipMessage.parse(headers, headers.length))));
            var turned = call.request("INVITE", ++number).with("Contact", elsewhere);
            var target = "INVITE sip:19005551234@" + asterisk.sip() + " SIP/2.0";
            stranger.asks(new SipMessage(target, turned.headers(), "").withSdp(invite.body()));
            var taken = another.request("INVITE", "sip:19005551234@" + asterisk.sip())
                    .with("Replaces", invite.callId() + ";to-tag=x;from-tag=y");
            assertEquals(401, another.isTold(taken));
            assertEquals("200 result=0", pressed.get(SOON.toSeconds(), TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } finally {
            server.on("tip-line", StrangersIT::serve);
        }
        nothingWasDialled();
    }

    private static SipMessage key(SipMessage request) {
        var typed = request.with("Content-Type", "application/dtmf-relay");
        return new SipMessage(typed.firstLine(), typed.headers(), "Signal=1\r\nDuration=160\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {TIP_LINE, TRAUMA_LINE})
    void whatever_a_caller_is_called_the_call_is_served_and_nothing_of_it_is_logged(String line)
            throws IOException, InterruptedException {
        SERVED.clear();
        var unreadable = 0;
        try (var stranger = new Stranger(TRUNK, asterisk.sip())) {
            var plain = stranger.request("INVITE", "sip:" + line + "@" + asterisk.sip());
            assertEquals(200, stranger.isTold(plain));
            var expected = aCall();
            for (var name : Malice.NAMES) {
                for (var header : List.of(
                        "From", "P-Asserted-Identity", "Remote-Party-ID", "Diversion", "P-Preferred-Identity")) {
                    var invite = stranger.request("INVITE", "sip:" + line + "@" + asterisk.sip());
                    var status = stranger.isTold(invite, called(invite, header, name));
                    if (status == 0) {
                        // What can't be read is not answered: a line break or a NUL within a name.
                        unreadable++;
                    } else {
                        assertEquals(200, status, header + ": " + name);
                        isAsPlain(expected, aCall(), header + ": " + name);
                    }
                }
            }
        }
        assertTrue(unreadable <= 10, unreadable + " calls were not answered");
        assertFalse(asterisk.log().matches(Malice.WORDS), asterisk.log());
        assertFalse(asterisk.console("dialplan show globals").contains("evaluated"));
        nothingWasDialled();
    }

    private static byte[] called(SipMessage invite, String header, String name) {
        var text = header.equals("From")
                ? invite.toString().replaceFirst("From: [^;]*", "From: " + Matcher.quoteReplacement(name))
                : invite.toString().replaceFirst("To: ", Matcher.quoteReplacement(header + ": " + name + "\r\nTo: "));
        return text.getBytes(ISO_8859_1);
    }

    /** The server is told what it is told of any call, and a number only where it is one. */
    private static void isAsPlain(Map<String, String> plain, Map<String, String> environment, String said) {
        assertEquals(plain.keySet(), environment.keySet(), said);
        for (var key : List.of("agi_network_script", "agi_extension", "agi_dnid", "agi_context", "agi_rdnis")) {
            assertEquals(plain.get(key), environment.get(key), said);
        }
        assertTrue(environment.getOrDefault("agi_callerid", "").matches("unknown|\\+?\\d+"), environment::toString);
        if ("tip-line".equals(plain.get("agi_context"))) {
            assertFalse(environment.toString().matches(Malice.WORDS), environment::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:%s;x=%%0Aagi_network_script%%3A%%20staff-line@%s",
                "sip:%s;x=%%0D%%0A%%0D%%0A200%%20result=1@%s",
                "sip:%s;phone-context=%%24%%7BEVAL(1)%%7D@%s",
                "sip:%s;19005551234@%s",
                "sip:%s@%s;user=phone",
                "sip:%s@%s?injected=1",
                "tel:%s;phone-context=%%0Aagi_callerid%%3A%%2012125550001"
            })
    void what_is_said_behind_a_lines_number_is_not_heard(String uri) throws InterruptedException {
        for (var line : List.of(TIP_LINE, TRAUMA_LINE)) {
            SERVED.clear();
            try (var stranger = new Stranger(TRUNK, asterisk.sip())) {
                assertEquals(200, stranger.isTold(stranger.request("INVITE", "sip:" + line + "@" + asterisk.sip())));
                var plain = aCall();
                assertEquals(200, stranger.isTold(stranger.request("INVITE", uri.formatted(line, asterisk.sip()))));
                isAsPlain(plain, aCall(), uri);
            }
        }
    }

    @Test
    void calls_by_the_hundred_that_nobody_holds_keep_no_caller_out() throws IOException, InterruptedException {
        SERVED.clear();
        server.on("tip-line", session -> {
            session.says("ANSWER");
            session.says("WAIT FOR DIGIT 5000");
            session.isDone();
        });
        try (var flood = new Stranger(TRUNK, asterisk.sip());
                var scanner = new Stranger(NEIGHBOUR, asterisk.sip())) {
            var flooding = CompletableFuture.runAsync(() -> {
                for (var i = 0; i < 300; i++) {
                    flood.sends(flood.request("INVITE", "sip:" + TIP_LINE + "@" + asterisk.sip())
                            .bytes());
                    scanner.sends(scanner.request("INVITE", "sip:" + i + "@" + asterisk.sip())
                            .bytes());
                    LockSupport.parkNanos(10_000_000);
                }
            });
            while (!flooding.isDone()) {
                aCallerIsServed();
            }
            assertTrue(asterisk.console("core show channels count").matches("(?s).*\\b[23]\\d\\d active channels.*"));
            aCallerIsServed();
        } finally {
            server.on("tip-line", StrangersIT::serve);
        }
        nothingWasDialled();
        assertFalse(asterisk.log().matches(Malice.WORDS), asterisk.log());
    }

    @ParameterizedTest
    @ValueSource(strings = {TRUNK, NEIGHBOUR})
    void what_is_not_quite_sip_breaks_nothing_and_is_not_logged(String host) throws IOException, InterruptedException {
        try (var stranger = new Stranger(host, asterisk.sip())) {
            for (var damage : Malice.DAMAGES.entrySet()) {
                var invite = stranger.request("INVITE", "sip:" + TIP_LINE + "@" + asterisk.sip());
                var sent = invite.toString().replaceFirst(damage.getKey(), damage.getValue());
                assertFalse(sent.equals(invite.toString()), damage::toString);
                stranger.sends(sent.getBytes(ISO_8859_1));
            }
            for (var noise : List.of(new byte[] {0}, new byte[1_000], "\r\n\r\n".getBytes(UTF_8), new byte[65_000])) {
                stranger.sends(noise);
                new Random(1).nextBytes(noise);
                stranger.sends(noise);
            }
        }
        aCallerIsServed();
        assertFalse(asterisk.log().matches(Malice.WORDS), asterisk.log());
        assertFalse(asterisk.log().matches("(?s).*(FATAL|pjproject).*"), asterisk.log());
        nothingWasDialled();
    }

    @Test
    void the_manager_and_the_server_are_reached_from_this_machine_alone() throws IOException {
        var outside = outside();
        assertThrows(ConnectException.class, () -> new Socket(outside, asterisk.amiPort()));
        assertThrows(ConnectException.class, () -> new Socket(outside, asterisk.agiPort()));
    }

    @Test
    void the_manager_hears_nobody_with_a_wrong_secret() throws IOException {
        for (var secret : List.of("", "x\r\n\r\nAction: CoreShowChannels")) {
            var told = asterisk.manager(secret, Duration.ofMillis(300), "Action: CoreShowChannels", "Action: Ping");
            assertTrue(told.contains("Authentication failed"), told);
            assertFalse(told.contains("Success") || told.contains("Pong"), told);
        }
    }
}
