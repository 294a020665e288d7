package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hotline.testkit.network.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tree of docs/architecture.md is that of the folders. */
final class RoomsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TREE = Pattern.compile("(?s)## Rooms.*?```\\R(.*?)```");
    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^ *(?:[\\w-]+/ +)?(hotline(?:\\.\\w+)*|\\.\\w+)");

    private static String tree() throws IOException {
        var tree = TREE.matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
        if (!tree.find()) {
            throw new AssertionError("docs/architecture.md has no tree");
        }
        return tree.group(1);
    }

    @Test
    void it_names_every_module_and_no_other() throws IOException {
        var named = tree().lines()
                .filter(line -> line.matches("[\\w-]+/.*"))
                .map(line -> line.replaceFirst("/.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        var built = MODULE.matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(built, named);
    }

    @Test
    void it_names_every_package_where_it_lies_and_no_other() throws IOException {
        assertEquals(packages(), new TreeSet<>(named()));
    }

    /** A name that begins with a dot is below the one that stands beside its module. */
    private static List<String> named() throws IOException {
        var named = new ArrayList<String>();
        var module = "";
        var above = "";
        for (var line : tree().lines().toList()) {
            if (line.matches("[\\w-]+/.*")) {
                module = line.replaceFirst("/.*", "");
            }
            var name = PACKAGE.matcher(line);
            if (name.find()) {
                var text = name.group(1);
                above = text.startsWith(".") ? above : text;
                named.add(module + " " + (text.startsWith(".") ? above + text : text));
            }
        }
        return named;
    }

    private static Set<String> packages() {
        return Repository.files().stream()
                .filter(path -> path.toString().contains("/src/main/java/")
                        && path.toString().endsWith(".java"))
                .map(path -> ROOT.relativize(path.getParent()).toString())
                .map(path -> path.replaceFirst("/src/main/java/", " ").replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
