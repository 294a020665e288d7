package hotline.desk.softphone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.desk.RunningConsole;
import hotline.desk.access.Scope;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page "My phone", and its way to Asterisk: who gets one, what may be said on it, and when it ends. */
final class SoftphoneLineTest {

    private static final long SOON_S = 20;

    private static RunningConsole hotline;
    private static HttpServer asterisk;

    /** Kept for all windows: the lines of a client end when nobody refers to it any more. */
    private static WebSocketClient browser;

    private static final BlockingQueue<String> SAID = new LinkedBlockingQueue<>();

    @BeforeAll
    static void starts(@TempDir Path folder, @TempDir Path phone) throws IOException {
        hotline = new RunningConsole();
        var vertx = hotline.stores.vertx;
        asterisk = asterisk(0);
        browser = vertx.createWebSocketClient();
        Files.writeString(phone.resolve("my-phone.js"), "the phone");
        new MyPhonePages(hotline.staff, line(asterisk.actualPort()), phone).mount(hotline.pages);
    }

    private static HttpServer asterisk(int port) {
        return hotline.stores
                .vertx
                .createHttpServer(new HttpServerOptions().setWebSocketSubProtocols(List.of("sip")))
                .webSocketHandler(serverWebSocket -> serverWebSocket.textMessageHandler(message -> {
                    SAID.add(message);
                    serverWebSocket.writeTextMessage("SIP/2.0 200 OK");
                }))
                .listen(port, "127.0.0.1")
                .await();
    }

    private static SoftphoneLine line(int port) {
        return new SoftphoneLine(
                hotline.stores.vertx,
                new SoftphoneStore(hotline.database),
                hotline.sessions,
                "here",
                List.of("first-password", "second-password"),
                "127.0.0.1",
                port);
    }

    @AfterAll
    static void ends() {
        hotline.close();
    }

    @BeforeEach
    void people() {
        SAID.clear();
        hotline.accounts.rehearse("ann", Set.of(Scope.RESPONDER), "rehearse");
        hotline.accounts.rehearse("ben", Set.of(Scope.OFFICER), "rehearse");
        hotline.accounts.rehearse("cora", Set.of(Scope.COORDINATOR), "rehearse");
    }

    @AfterEach
    void empties() {
        List.of("ann", "ben", "cora").forEach(text -> hotline.accounts.remove("test", text));
    }

    /** A window that is open, as the page keeps it. */
    private record Window(WebSocket socket, BlockingQueue<String> told, CompletableFuture<Integer> ended) {

        String hears() throws InterruptedException {
            return Optional.ofNullable(told.poll(SOON_S, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("nothing is said"));
        }

        int endsWith() throws Exception {
            return ended.get(SOON_S, TimeUnit.SECONDS);
        }
    }

    private static WebSocketConnectOptions wants(String session, String origin) {
        var address = URI.create(hotline.address());
        return new WebSocketConnectOptions()
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setURI("/my-phone/line")
                .setSubProtocols(List.of("sip"))
                .addHeader("Origin", origin)
                .addHeader("Cookie", "hotline-session=" + session);
    }

    private static Window opens(String session) {
        var told = new LinkedBlockingQueue<String>();
        var ended = new CompletableFuture<Integer>();
        var socket = browser.webSocket();
        socket.textMessageHandler(told::add);
        socket.closeHandler(_ -> ended.complete(Optional.<Short>ofNullable(socket.closeStatusCode())
                .map(Short::intValue)
                .orElse(0)));
        return new Window(socket.connect(wants(session, hotline.address())).await(), told, ended);
    }

    private static String register(String phone) {
        return String.join(
                "\r\n",
                "REGISTER sip:hotline.invalid SIP/2.0",
                "To: <sip:" + phone + "@hotline.invalid>",
                "From: <sip:" + phone + "@hotline.invalid>;tag=1",
                "",
                "");
    }

    private static String signedIn(String account) {
        return hotline.sessions.begin(account, Optional.empty());
    }

    private static int refusal(WebSocketConnectOptions wanted) {
        try {
            browser.connect(wanted).await();
            return 101;
        } catch (UpgradeRejectedException e) {
            return e.getStatus();
        }
    }

    @Test
    void who_is_signed_in_gets_a_phone_and_a_way_to_asterisk() throws Exception {
        var window = opens(signedIn("ann"));
        var mine = new JsonObject(window.hears());
        assertEquals("first-password", mine.getString("password"));
        var register = register(mine.getString("phone"));
        window.socket.writeTextMessage(register);
        assertEquals(register, SAID.poll(SOON_S, TimeUnit.SECONDS));
        assertEquals("SIP/2.0 200 OK", window.hears());
        var second = new JsonObject(opens(signedIn("ben")).hears());
        assertEquals("second-password", second.getString("password"));
    }

    @Test
    void a_window_is_not_the_phone_of_somebody_else() throws Exception {
        var window = opens(signedIn("ann"));
        window.hears();
        window.socket.writeTextMessage(register("desk2"));
        assertEquals(4400, window.endsWith());
        assertTrue(SAID.isEmpty());
    }

    @Test
    void strangers_other_roles_and_other_sites_get_none() {
        assertEquals(303, refusal(wants("not-a-session", hotline.address())));
        assertEquals(403, refusal(wants(signedIn("cora"), hotline.address())));
        assertEquals(403, refusal(wants(signedIn("ann"), "https://elsewhere.example")));
        assertEquals(403, refusal(wants(signedIn("ann"), "null")));
    }

    @Test
    void when_a_session_ends_its_phone_is_gone() throws Exception {
        var session = signedIn("ann");
        var window = opens(session);
        window.hears();
        hotline.sessions.end(session);
        assertEquals(4401, window.endsWith());
        assertEquals(303, refusal(wants(session, hotline.address())));
    }

    @Test
    void who_opens_a_second_window_has_the_phone_there() throws Exception {
        var first = opens(signedIn("ann"));
        first.hears();
        var second = opens(signedIn("ann"));
        second.hears();
        assertEquals(4409, first.endsWith());
        assertFalse(second.ended.isDone());
    }

    @Test
    void a_telephone_system_that_is_not_there_is_told() {
        var session = signedIn("ann");
        asterisk.close().await();
        assertEquals(503, refusal(wants(session, hotline.address())));
        asterisk = asterisk(asterisk.actualPort());
    }

    private static HttpResponse<String> sees(String account, String path) {
        return hotline.send(hotline.request(path)
                .header("Cookie", "hotline-session=" + signedIn(account))
                .GET());
    }

    private static String standing(String phone, boolean onDuty) {
        hotline.staff.save(new Responder("ann", "Ann", phone, List.of("en"), Role.RESPONDER, onDuty));
        return sees("ann", "/my-phone/standing").body();
    }

    @Test
    void the_page_says_where_calls_for_this_person_ring() {
        assertTrue(sees("ben", "/my-phone/standing").body().contains("You are not on the staff list"));
        assertTrue(standing("6175550142", true).contains("ring the phone whose number ends in 0142"));
        assertTrue(sees("ann", "/my-phone").body().contains("data-rings=\"no\""));
        assertTrue(standing("browser", false).contains("You are off duty"));
        assertEquals("", standing("browser", true).strip());
        assertTrue(sees("ann", "/my-phone").body().contains("data-rings=\"yes\""));
    }

    @Test
    void only_this_page_has_the_microphone_and_no_other_address_is_opened_for_it() {
        var page = sees("ann", "/my-phone").headers();
        assertTrue(page.firstValue("Permissions-Policy").orElseThrow().startsWith("microphone=(self)"));
        assertTrue(page.firstValue("Content-Security-Policy").orElseThrow().contains("connect-src 'self';"));
        assertEquals("no-store", page.firstValue("Cache-Control").orElseThrow());
        var other = sees("ann", "/account").headers();
        assertTrue(other.firstValue("Permissions-Policy").orElseThrow().startsWith("microphone=()"));
        assertEquals("the phone", sees("ann", "/my-phone/phone.js").body());
    }

    @Test
    void who_is_not_called_has_no_such_page() {
        assertEquals(403, sees("cora", "/my-phone").statusCode());
        assertEquals(403, sees("cora", "/my-phone/phone.js").statusCode());
    }
}
