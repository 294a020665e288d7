package hotline.callback.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.callback.Scope;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser in which somebody is signed in: it keeps cookies, and sends forms with their token. */
record Browsing(RunningConsole hotline, String cookies, String token) {

    static final String PASSWORD = "four words are easy";

    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]{64})\"");

    /** Somebody who has this role alone, and is called so. */
    static Browsing as(RunningConsole hotline, Scope scope) {
        var name = scope.name().toLowerCase(Locale.ROOT).replace('_', '-');
        // A person of that name would be taken for the holder of the operator's token.
        return as(hotline, name.equals("administrator") ? "ada" : name, scope);
    }

    static Browsing as(RunningConsole hotline, String name, Scope... scopes) {
        hotline.accounts.rehearse(name, Set.copyOf(Arrays.asList(scopes)), PASSWORD);
        var answer = hotline.send(form(hotline, "/sign-in", Map.of("name", name, "password", PASSWORD)));
        assertEquals(303, answer.statusCode(), answer.body());
        var cookies = cookies(answer);
        var account = hotline.send(
                hotline.request("/account").header("Cookie", cookies).GET());
        var token = TOKEN.matcher(account.body()).results().findFirst().orElseThrow();
        return new Browsing(hotline, cookies, token.group(1));
    }

    static String cookies(HttpResponse<?> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .map(it -> it.replaceFirst(";.*", ""))
                .collect(Collectors.joining("; "));
    }

    static HttpRequest.Builder form(RunningConsole hotline, String path, Map<String, String> fields) {
        var body = fields.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return hotline.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    HttpRequest.Builder request(String path) {
        return hotline.request(path).header("Cookie", cookies);
    }

    HttpResponse<String> get(String path) {
        return hotline.send(request(path).GET());
    }

    /** With the token of this session. */
    HttpResponse<String> post(String path, Map<String, String> fields) {
        return hotline.send(
                form(hotline, path, fields).header("Cookie", cookies).header("X-Csrf", token));
    }
}
