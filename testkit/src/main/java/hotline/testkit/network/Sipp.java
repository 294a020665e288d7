package hotline.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Many callers at a time, who press keys without listening: SIPp. To press keys it needs a raw socket, and so root. */
public final class Sipp {

    /** The media of one run of it: two ports a call, which it counts up by itself. */
    private static final int MEDIA_PORTS = 1_200;

    /** Lower ones tell that calls failed. */
    private static final int FATAL = 200;

    private static final Duration LONGEST = Duration.ofMinutes(4);

    private final Path folder;
    private final int media = Ports.free(MEDIA_PORTS);

    public Sipp(Path folder) {
        this.folder = folder;
    }

    /**
     * Each number calls once, two a second, and presses the scenario's keys; returns when all are done.
     *
     * @param scenario a file of {@code src/main/resources/sipp}
     * @param hotline its {@code HOTLINE_SIP}
     */
    public void calls(String scenario, String hotline, List<String> numbers) {
        try {
            Files.createDirectories(folder);
            var script = folder.resolve(scenario);
            try (var resource = Sipp.class.getResourceAsStream("/sipp/" + scenario)) {
                Files.write(script, resource.readAllBytes());
            }
            var callers = folder.resolve("callers.csv");
            Files.writeString(callers, "SEQUENTIAL\n" + String.join(";\n", numbers) + ";\n");
            var process = new ProcessBuilder(List.of(
                            "sipp -sf %s -inf %s %s -i 127.0.0.1 -p %d -mp %d -r 2 -m %d -l 200 -nostdin -timeout %d"
                                    .formatted(
                                            script,
                                            callers,
                                            hotline,
                                            Ports.free(1),
                                            media,
                                            numbers.size(),
                                            LONGEST.toSeconds())
                                    .split(" ")))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("sipp.log").toFile())
                    .start();
            if (!process.waitFor(LONGEST.plusSeconds(30).toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("SIPp does not end");
            } else if (process.exitValue() >= FATAL) {
                throw new AssertionError("SIPp cannot run: " + Files.readString(folder.resolve("sipp.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
