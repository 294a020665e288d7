package hotline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.testkit.network.Hotline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads again and again all that moves on a hotline: what its metrics, its checks, its health and its logs say. */
final class Watcher implements AutoCloseable {

    private static final long EVERY_NANOS = 100_000_000;
    private static final List<String> OPEN = List.of("/metrics", "/readyz", "/healthz", "/api/v1/standing");
    private static final String HEALTH = "/health/now";
    private static final Pattern PART = Pattern.compile("(?s)<li>.*?</li>");

    /** What moves by itself on the page Health: ages, times of day, and the disk, which other programs use too. */
    private static final Pattern BY_ITSELF =
            Pattern.compile("just now|\\d+ \\w+ ago|\\d+:\\d\\d [AP]M|[\\d.]+ of [\\d.]+ GB");

    private final Hotline hotline;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String cookie;
    private final Map<String, Set<String>> seen = new TreeMap<>();
    private final Thread thread = Thread.ofPlatform().name("watcher").unstarted(this::watch);
    private volatile boolean over;

    Watcher(Hotline hotline) {
        this.hotline = hotline;
        var in = HttpRequest.newBuilder(address("/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("name=ada&password=rehearse"));
        try {
            var answer = http.send(in.build(), BodyHandlers.ofString());
            assertEquals(303, answer.statusCode(), answer.body());
            cookie = answer.headers().allValues("set-cookie").stream()
                    .map(value -> value.split(";", 2)[0])
                    .collect(Collectors.joining("; "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private URI address(String path) {
        return URI.create("http://" + hotline.setting("HOTLINE_HTTP") + path);
    }

    void starts() {
        look();
        thread.start();
    }

    /** Each line that was not the same all the while, by where it stands. */
    Map<String, Set<String>> moved() throws InterruptedException {
        over = true;
        thread.join();
        look();
        var moved = new TreeMap<String, Set<String>>();
        seen.forEach((where, texts) -> {
            var always = texts.stream()
                    .map(text -> text.lines().collect(Collectors.toSet()))
                    .reduce((one, other) -> {
                        one.retainAll(other);
                        return one;
                    })
                    .orElseThrow();
            var sometimes = texts.stream()
                    .flatMap(String::lines)
                    .filter(text -> !always.contains(text))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (!sometimes.isEmpty()) {
                moved.put(where, sometimes);
            }
        });
        return moved;
    }

    private void watch() {
        while (!over) {
            look();
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private void look() {
        OPEN.forEach(text -> saw(text, hotline.api().get(text).body()));
        saw(HEALTH, health());
        for (var log : List.of("hotline.log", "asterisk.log")) {
            try {
                saw(log, Files.readString(hotline.home().resolve("log").resolve(log), UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void saw(String where, String text) {
        seen.computeIfAbsent(where, _ -> new LinkedHashSet<>()).add(text);
    }

    /** Its parts, but for the loop whose only word is how long ago it ran: on a busy machine that becomes a warning. */
    String health() {
        try {
            var request = HttpRequest.newBuilder(address(HEALTH)).header("Cookie", cookie);
            return PART.matcher(
                            http.send(request.build(), BodyHandlers.ofString()).body())
                    .results()
                    .map(match ->
                            BY_ITSELF.matcher(match.group()).replaceAll("…").replaceAll("\\s+", " "))
                    .filter(text -> !text.contains("last looked"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        over = true;
        http.close();
    }
}
