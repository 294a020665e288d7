package hotline.callback.console;

import hotline.callback.Scope;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody who is signed in, and asks for pages as a browser does, without being one. */
public final class Browsing {

    public static final String PASSWORD = "rehearse it once more";

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final RunningConsole hotline;
    private final String cookie;
    private final String csrf;

    private Browsing(RunningConsole hotline, String cookie, String csrf) {
        this.hotline = hotline;
        this.cookie = cookie;
        this.csrf = csrf;
    }

    /** Opens the account where it is missing, and signs in. */
    public static Browsing as(RunningConsole hotline, String name, Scope... scopes) {
        hotline.accounts.rehearse(name, Set.of(scopes), PASSWORD);
        return signedIn(hotline, name, PASSWORD);
    }

    public static Browsing signedIn(RunningConsole hotline, String name, String password) {
        var answer = hotline.send(hotline.request("/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(Map.of("name", name, "password", password)))));
        if (answer.statusCode() != 303) {
            throw new AssertionError("cannot sign in: " + answer.body());
        }
        var cookie = answer.headers().allValues("Set-Cookie").stream()
                .map(it -> it.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        var page = hotline.send(
                hotline.request("/account").header("Cookie", cookie).GET());
        var token = CSRF.matcher(page.body());
        if (!token.find()) {
            throw new AssertionError("no form on the page: " + page.body());
        }
        return new Browsing(hotline, cookie, token.group(1));
    }

    public HttpResponse<String> get(String path) {
        return hotline.send(hotline.request(path).header("Cookie", cookie).GET());
    }

    public HttpResponse<String> post(String path, Map<String, String> fields) {
        return post(path, form(fields) + "&csrf=" + encoded(csrf));
    }

    /** With a field more than once: {@code day=mon&day=tue}. */
    public HttpResponse<String> post(String path, Map<String, String> fields, List<String> more) {
        return post(path, form(fields) + "&" + String.join("&", more) + "&csrf=" + encoded(csrf));
    }

    public HttpResponse<String> postWithoutToken(String path) {
        return post(path, "name=x");
    }

    private HttpResponse<String> post(String path, String form) {
        return hotline.send(hotline.request(path)
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** A form with a file. */
    public HttpResponse<String> upload(String path, String type, byte[] file) {
        var head = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrf
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: " + type
                + "\r\n\r\n";
        BodyPublisher body = BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofByteArray(file),
                BodyPublishers.ofString("\r\n--b--\r\n"));
        return hotline.send(hotline.request(path)
                .header("Cookie", cookie)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(body));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(it -> it.getKey() + "=" + encoded(it.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
