package hotline.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.desk.access.Scope;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody who is signed in, and asks for pages as a browser does: with cookies, and forms with their token. */
public record Browsing(RunningConsole hotline, String cookies, String token) {

    public static final String PASSWORD = "four words are easy";

    private static final AtomicInteger CAME_FROM = new AtomicInteger();
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

    /** Somebody who has this role alone, and is called so. */
    static Browsing as(RunningConsole hotline, Scope scope) {
        var name = scope.name().toLowerCase(Locale.ROOT).replace('_', '-');
        // A person of that name would be taken for the holder of the operator's token.
        return as(hotline, name.equals("administrator") ? "ada" : name, scope);
    }

    /** Opens the account where it is missing, and signs in. */
    public static Browsing as(RunningConsole hotline, String name, Scope... scopes) {
        hotline.accounts.rehearse(name, Set.of(scopes), PASSWORD);
        return signedIn(hotline, name, PASSWORD);
    }

    public static Browsing signedIn(RunningConsole hotline, String name, String password) {
        var answer = hotline.send(signIn(hotline, Map.of("name", name, "password", password)));
        assertEquals(303, answer.statusCode(), answer.body());
        var cookies = cookies(answer);
        var account = hotline.send(
                hotline.request("/account").header("Cookie", cookies).GET());
        var token = TOKEN.matcher(account.body()).results().findFirst().orElseThrow();
        return new Browsing(hotline, cookies, token.group(1));
    }

    public static String cookies(HttpResponse<?> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(value -> value.replaceFirst(";.*", ""))
                .collect(Collectors.joining("; "));
    }

    /** From an address of its own each time, as a proxy on this machine tells it: who comes from one too often has to wait. */
    public static HttpRequest.Builder signIn(RunningConsole hotline, Map<String, String> fields) {
        var from = CAME_FROM.incrementAndGet();
        return form(hotline, "/sign-in", fields).header("X-Real-IP", "10.0." + from / 250 + "." + (1 + from % 250));
    }

    public static HttpRequest.Builder form(RunningConsole hotline, String path, Map<String, String> fields) {
        return form(hotline, path, encoded(fields));
    }

    private static HttpRequest.Builder form(RunningConsole hotline, String path, String form) {
        return hotline.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
    }

    public HttpRequest.Builder request(String path) {
        return hotline.request(path).header("Cookie", cookies);
    }

    public HttpResponse<String> get(String path) {
        return hotline.send(request(path).GET());
    }

    /** With the token of this session. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        return post(path, fields, List.of());
    }

    /** With a field more than once: {@code day=mon}, {@code day=tue}. */
    public HttpResponse<String> post(String path, Map<String, String> fields, List<String> more) {
        var form = encoded(fields) + more.stream().map(text -> "&" + text).collect(Collectors.joining());
        return hotline.send(form(hotline, path, form).header("Cookie", cookies).header("X-Csrf", token));
    }

    /**
     * As a part of an open page asks.
     *
     * @param fields a name, then its value, and so on
     */
    public HttpResponse<String> part(String path, String... fields) {
        var form = new LinkedHashMap<String, String>();
        for (var i = 0; i < fields.length; i += 2) {
            form.put(fields[i], fields[i + 1]);
        }
        return hotline.send(form(hotline, path, form)
                .header("Cookie", cookies)
                .header("X-Csrf", token)
                .header("HX-Request", "true"));
    }

    public HttpResponse<String> postWithoutToken(String path) {
        return hotline.send(form(hotline, path, "name=x").header("Cookie", cookies));
    }

    /** A form with a file. */
    public HttpResponse<String> upload(String path, String type, byte[] file) {
        var head = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + token
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: " + type
                + "\r\n\r\n";
        var body = HttpRequest.BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofByteArray(file),
                BodyPublishers.ofString("\r\n--b--\r\n"));
        return hotline.send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(body));
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
