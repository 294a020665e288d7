package hotline.desk.tips;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser of somebody who is signed in, without its window: it follows nothing by itself. */
final class Browsing {

    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String address;
    private final String cookie;
    private final String token;

    private Browsing(String address, String cookie) {
        this.address = address;
        this.cookie = cookie;
        // Everybody sees this page, if only to be told that it is not theirs.
        var found = TOKEN.matcher(get("/tips").body());
        token = found.find() ? found.group(1) : "";
    }

    public static Browsing signIn(String address, String name, String password) {
        var in = send(HttpRequest.newBuilder(URI.create(address + "/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form("name", name, "password", password))));
        assertEquals(303, in.statusCode(), in.body());
        var cookies = in.headers().allValues("set-cookie").stream()
                .map(value -> value.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        return new Browsing(address, cookies);
    }

    HttpResponse<String> get(String path) {
        return send(asks(path).GET());
    }

    /** With one more header. */
    HttpResponse<String> get(String path, String header, String value) {
        return send(asks(path).header(header, value).GET());
    }

    /** Sends a form, as its page does: names and values in turn. */
    HttpResponse<String> post(String path, String... fields) {
        return send(asks(path)
                .header("X-Csrf", token)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(fields))));
    }

    /** The same from a page of somebody else. */
    HttpResponse<String> postWithoutToken(String path, String... fields) {
        return send(asks(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(fields))));
    }

    private HttpRequest.Builder asks(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(20))
                .header("Cookie", cookie);
    }

    private static String form(String... fields) {
        var pairs = new ArrayList<String>();
        for (var at = 0; at < fields.length; at += 2) {
            pairs.add(List.of(fields[at], fields[at + 1]).stream()
                    .map(text -> URLEncoder.encode(text, UTF_8))
                    .collect(Collectors.joining("=")));
        }
        return String.join("&", pairs);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
