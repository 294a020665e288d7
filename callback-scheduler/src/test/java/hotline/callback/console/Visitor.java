package hotline.callback.console;

import hotline.callback.Scope;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/** Somebody who is signed in to a {@link RunningConsole}, and sends its forms. */
final class Visitor {

    static final String PASSWORD = "for tests only, long enough";

    private static final Pattern TOKEN = Pattern.compile("X-Csrf(?:&#34;|\"): ?(?:&#34;|\")([^\"&]+)");

    private final RunningConsole console;
    private final String cookie;
    private final String token;

    Visitor(RunningConsole console, String name, Scope... scopes) {
        this.console = console;
        console.accounts.rehearse(name, Set.of(scopes), PASSWORD);
        var signedIn = console.send(console.request("/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=" + name + "&password=" + encoded(PASSWORD))));
        cookie = signedIn.headers().allValues("set-cookie").stream()
                .filter(it -> it.startsWith("hotline-session"))
                .map(it -> it.split(";", 2)[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not signed in: " + signedIn.body()));
        var page = get("/account").body();
        var found = TOKEN.matcher(page);
        token = found.find() ? found.group(1) : "";
    }

    HttpResponse<String> get(String path) {
        return console.send(console.request(path).header("Cookie", cookie).GET());
    }

    /** @param fields a name, then its value, and so on */
    HttpResponse<String> post(String path, String... fields) {
        return postWith(token, path, fields);
    }

    HttpResponse<String> postWith(String csrf, String path, String... fields) {
        return console.send(form(csrf, path, fields));
    }

    /** As a part of an open page asks. */
    HttpResponse<String> part(String path, String... fields) {
        return console.send(form(token, path, fields).header("HX-Request", "true"));
    }

    private HttpRequest.Builder form(String csrf, String path, String... fields) {
        var form = new StringBuilder("csrf=" + encoded(csrf));
        for (var i = 0; i < fields.length; i += 2) {
            form.append('&').append(fields[i]).append('=').append(encoded(fields[i + 1]));
        }
        return console.request(path)
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
