package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import hotline.base.audit.AuditStore;
import hotline.callback.ledger.RevealStore;
import hotline.callback.ledger.RunningDatabase;
import hotline.callback.staff.AlertStore;
import hotline.callback.staff.DutyStore;
import hotline.callback.staff.ShiftStore;
import hotline.desk.Console;
import hotline.desk.access.AccountStore;
import hotline.desk.access.Passwords;
import hotline.desk.access.Scope;
import hotline.desk.api.AccountApi;
import hotline.desk.api.AlertApi;
import hotline.desk.api.CallbackApi;
import hotline.desk.api.RevealApi;
import hotline.desk.api.ShiftApi;
import hotline.desk.api.SpokenTipApi;
import hotline.desk.api.TipApi;
import hotline.desk.api.TokenApi;
import hotline.desk.api.TokenStore;
import hotline.desk.http.Api.Who;
import hotline.tips.GuessBudget;
import hotline.tips.GuessStore;
import hotline.tips.Peppers;
import hotline.tips.SpokenTipStore;
import hotline.tips.TipStore;
import hotline.tips.Vocabulary;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who may make which call: each that is served, by each who might make it, with every part of the API that there is. */
final class ScopesTest {

    private static final String ROOT = "the-administrator-of-tests";

    /** Beside the administrator, who may make all of them. A call that does not stand there fails the test: say whose it is. */
    private static final Path ALLOWED = Path.of("../docs/roles.md");

    private static final Pattern ROW = Pattern.compile("[|] `([A-Z]+ /api/\\S+)` [|] ([a-z_, ]*)[|]");

    private final HttpClient http = HttpClient.newHttpClient();

    private static Map<String, Set<Scope>> allowed() {
        var allowed = new TreeMap<String, Set<Scope>>();
        ROW.matcher(page()).results().forEach(row -> {
            var scopes = EnumSet.of(Scope.ADMINISTRATOR);
            Arrays.stream(row.group(2).strip().split(", "))
                    .filter(text -> !text.isEmpty())
                    .map(text -> Scope.valueOf(text.toUpperCase(Locale.ROOT)))
                    .forEach(scopes::add);
            allowed.put(row.group(1), scopes);
        });
        return allowed;
    }

    private static String page() {
        try {
            return Files.readString(ALLOWED);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Console served(RunningDatabase running, TokenStore tokens) {
        var database = running.database;
        var zone = ZoneOffset.UTC;
        var guesses = new GuessStore(database, GuessBudget.parse(GuessBudget.STANDARD));
        var tips = new TipStore(
                database,
                Peppers.parse("0a".repeat(32)),
                Vocabulary.STANDARD,
                guesses,
                () -> LocalDate.of(2026, 11, 2));
        var spoken = new SpokenTipStore(database, running.vault, tips, 90, () -> LocalDate.of(2026, 11, 2));
        var console = new Console(running.vertx, Map.of(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        var api = console.api(ROOT, text -> tokens.holder(text).map(who -> new Who(who.name(), who.scope())));
        new CallbackApi(
                        running.views(),
                        running.decisions(),
                        running.staff,
                        RunningDatabase.PINS,
                        Duration.ofMinutes(30))
                .mount(api);
        new RevealApi(new RevealStore(database, running.numbers)).mount(api);
        var duty = new DutyStore(database, running.staff, zone);
        new ShiftApi(new ShiftStore(database, running.staff, zone), duty).mount(api);
        new AlertApi(new AlertStore(database, zone)).mount(api);
        new TokenApi(tokens, new AuditStore(database)).mount(api);
        new AccountApi(new AccountStore(database, running.vault, new Passwords())).mount(api);
        new SpokenTipApi(spoken).mount(api);
        new TipApi(tips, guesses, Vocabulary.STANDARD, false, Instant::now).mount(api);
        return console;
    }

    private static Set<String> calls(Console console) {
        var calls = new TreeSet<String>();
        for (var route : console.router().getRoutes()) {
            if (route.getPath() != null
                    && route.methods() != null
                    && route.getPath().startsWith("/api/")) {
                route.methods().stream().map(HttpMethod::name).forEach(name -> calls.add(name + " " + route.getPath()));
            }
        }
        return calls;
    }

    private int asks(int port, String token, String call) {
        var words = call.split(" ");
        var path = words[1].replaceAll(":\\w+", "none-of-this-name");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .method(words[0], BodyPublishers.ofString("{}"))
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofInputStream());
            // Events go on for ever: what is told first is enough.
            answer.body().close();
            return answer.statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(call, e);
        }
    }

    @Test
    void each_call_that_is_served_is_open_to_its_scopes_and_to_nobody_else() {
        try (var running = new RunningDatabase()) {
            var tokens = new TokenStore(running.database);
            var console = served(running, tokens);
            var allowed = allowed();
            assertEquals(allowed.keySet(), calls(console));

            var port = console.listen(running.vertx, "127.0.0.1", 0).await().actualPort();
            var shown = new EnumMap<Scope, String>(Scope.class);
            for (var scope : Scope.values()) {
                shown.put(
                        scope,
                        tokens.issue(
                                        "holder-of-"
                                                + scope.name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .replace('_', '-'),
                                        scope)
                                .orElseThrow());
            }
            allowed.forEach((call, scopes) -> {
                shown.forEach((scope, token) -> {
                    var status = asks(port, token, call);
                    assertEquals(!scopes.contains(scope), status == 403, call + " by " + scope + ": " + status);
                    assertNotEquals(401, status, call + " by " + scope);
                });
                assertEquals(401, asks(port, "", call), call);
                assertEquals(401, asks(port, "a-token-that-was-never-issued", call), call);
            });
        }
    }
}
