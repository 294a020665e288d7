package hotline.prompts;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code ./hotline prompts}: renders the sounds, checks them, or prints the list for the voice actor. */
public final class PromptsCommand {

    private final Path home;
    private final PrintStream out;

    private PromptsCommand(Path home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    public static void main(String... arguments) {
        var command =
                new PromptsCommand(home(System.getenv()), new PrintStream(System.out, true, StandardCharsets.UTF_8));
        var status = command.run(arguments.length == 0 ? "render" : arguments[0]);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static Path home(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("HOTLINE_HOME", "var"));
    }

    private int run(String what) {
        return switch (what) {
            case "render" -> render();
            case "check" -> check();
            case "--script", "script" -> script();
            default -> {
                out.println("say 'prompts', 'prompts check' or 'prompts --script'");
                yield 64;
            }
        };
    }

    private int render() {
        try {
            out.println("rendered " + sounds().render(out::println) + " sounds");
            return check();
        } catch (IllegalStateException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private int check() {
        var problems = sounds().problems();
        problems.forEach(out::println);
        return problems.isEmpty() ? 0 : 1;
    }

    private Sounds sounds() {
        return new Sounds(home.resolve("sounds"), Optional.of(home.resolve("recordings")));
    }

    /** One table a language, in the order of a call. */
    private int script() {
        for (var language : Language.values()) {
            out.printf("# Script: %s%n%n| file | when it is said | at most | words |%n|---|---|---|---|%n", language);
            for (var prompt : Prompt.values()) {
                out.printf(
                        "| %s/%s.wav | %s | %d s | %s |%n",
                        language.folder(),
                        prompt.key(),
                        prompt.when(),
                        prompt.limit().toSeconds(),
                        prompt.words(language));
            }
            out.println();
        }
        return 0;
    }
}
