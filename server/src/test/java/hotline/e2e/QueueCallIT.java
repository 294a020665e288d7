package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.TelephoneNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whoever presses Call on a page is called by the real Asterisk, and their 1 has the caller called. */
@Execution(ExecutionMode.CONCURRENT)
final class QueueCallIT {

    private static final String CALLER = "6172345678";
    private static final String ROSA = "6175550111";
    private static final String ANA = "6175550112";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final Pattern CALL = Pattern.compile("action=\"(/queue/[0-9a-f-]+/call)\"");

    private final HttpClient browser =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private String cookies = "";

    @Test
    void a_responder_tries_her_phone_and_calls_back_from_the_queue(@TempDir Path home) {
        try (var network = TelephoneNetwork.start();
                var hotline = Hotline.in(home).starts(network)) {
            var desk = new Desk(hotline);
            desk.staff("sam", "browser", "responder", false);
            desk.staff("rosa", ROSA, "responder", false);
            desk.staff("ana", ANA, "responder", true);
            network.phone(ANA).ringsUnanswered();
            signsIn(hotline);

            network.phone(ROSA).answers().waitsFor("test-call");
            assertTrue(told(posts(hotline, "/duty/test-call")).contains("Your phone rings now"));
            network.phone(ROSA).awaitRing(SOON).awaitTalk(SOON).staysUntilHungUp(SOON);

            Desk.asks(network, CALLER, "2");
            network.phone(ANA).awaitRing(SOON);
            network.phone(ROSA)
                    .answers()
                    .waitsFor("press-1-to-take-it")
                    .presses("1")
                    .waitsFor("disposition-menu", SOON)
                    .presses("1")
                    .waitsFor("staff-goodbye");
            network.phone(CALLER).answers().waits(Duration.ofSeconds(1)).hangsUp();
            var call = CALL.matcher(page(hotline, "/queue"));
            assertTrue(call.find(), "the queue shows no call-back that may be called");
            assertTrue(told(posts(hotline, call.group(1))).contains("Your phone rings. Press 1 there"));

            network.phone(ROSA).awaitRing(2, SOON);
            network.phone(CALLER).awaitRing(SOON);
            desk.awaits("state", "closed", SOON);
            assertEquals("kept", desk.callback().getString("standing"));
            var history = desk.history();
            assertTrue(history.contains("\"wanted\"") && history.contains("\"claimed\""), history);
            assertEquals(1, network.phone(CALLER).rings().size());
        }
    }

    /** The cookies are for TLS and for this machine: Java's own dispatcher would send them over TLS alone. */
    private void signsIn(Hotline hotline) {
        var answer = send(request(hotline, "/sign-in").POST(BodyPublishers.ofString("name=rosa&password=rehearse")));
        cookies = answer.headers().allValues("Set-Cookie").stream()
                .map(value -> value.replaceFirst(";.*", ""))
                .collect(Collectors.joining("; "));
        assertTrue(page(hotline, "/duty").contains("You are off duty"));
    }

    private String page(Hotline hotline, String path) {
        return send(request(hotline, path).GET()).body();
    }

    /** As the page's own form does. */
    private HttpResponse<String> posts(Hotline hotline, String path) {
        var token = TOKEN.matcher(page(hotline, "/duty"));
        assertTrue(token.find(), "nobody is signed in");
        return send(request(hotline, path).POST(BodyPublishers.ofString("csrf=" + token.group(1))));
    }

    /** What the next page says. */
    private static String told(HttpResponse<?> answer) {
        return URLDecoder.decode(String.join(" ", answer.headers().allValues("Set-Cookie")), StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(Hotline hotline, String path) {
        var request = HttpRequest.newBuilder(URI.create("http://" + hotline.setting("HOTLINE_HTTP") + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded");
        return cookies.isEmpty() ? request : request.header("Cookie", cookies);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
