package hotline.prompts;

import hotline.prompts.Catalogue.Spoken;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code ./hotline prompts}: renders the sounds, checks them, or prints the list for the voice actor. */
public final class PromptsCommand {

    private static final int USAGE = 64;

    private final Sounds sounds;
    private final Voices voices;
    private final PrintStream out;

    PromptsCommand(Map<String, String> environment, PrintStream out) {
        var home = Path.of(environment.getOrDefault("HOTLINE_HOME", "var"));
        var recordings = environment.getOrDefault("HOTLINE_RECORDINGS", "");
        this.sounds = new Sounds(
                home.resolve("sounds"),
                Optional.of(recordings.isBlank() ? home.resolve("recordings") : Path.of(recordings)));
        voices = new Voices(home.resolve("sounds"));
        this.out = out;
    }

    public static void main(String... arguments) {
        var command = new PromptsCommand(System.getenv(), new PrintStream(System.out, true, StandardCharsets.UTF_8));
        var status = command.run(arguments.length == 0 ? "render" : arguments[0]);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** @return the process's exit status: 0 when all is well */
    int run(String what) {
        return switch (what) {
            case "render" -> render();
            case "check" -> check();
            case "listen" -> listen();
            case "--script", "script" -> script();
            default -> {
                out.println("say 'prompts', 'prompts check', 'prompts listen' or 'prompts --script'");
                yield USAGE;
            }
        };
    }

    private int render() {
        try {
            out.println("rendered " + sounds.render(out::println) + " sounds");
            return check();
        } catch (IllegalStateException | UncheckedIOException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private int check() {
        var problems = new ArrayList<>(sounds.problems());
        problems.addAll(sounds.unspeakable());
        problems.forEach(out::println);
        out.println(problems.isEmpty() ? "every sound is as it should be" : problems.size() + " problems");
        return problems.isEmpty() ? 0 : 1;
    }

    private int listen() {
        try {
            new Listening(voices, out).measure();
            return 0;
        } catch (IOException | IllegalStateException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    /** One table a language, in the order of a call; a file that another language speaks stands there. */
    private int script() {
        for (var language : Language.values()) {
            out.printf("# %s%n%n", language);
            out.println("| record as | when it is said | at most | words |");
            out.println("|---|---|---|---|");
            Catalogue.of(language).stream()
                    .filter(sound -> sound instanceof Spoken spoken && spoken.voice() == language)
                    .map(Spoken.class::cast)
                    .forEach(this::row);
            out.println();
        }
        return 0;
    }

    private void row(Spoken spoken) {
        var seconds = spoken.limit().toMillis() / 1000.0;
        var file = spoken.voice().folder() + "/" + spoken.key() + ".wav";
        out.printf(Locale.ROOT, "| %s | %s | %.1f s | %s |%n", file, spoken.when(), seconds, spoken.words());
    }
}
