package hotline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** LICENSES.md against the build's bill of materials. */
final class LicensesIT {

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)`[^|]* \\| ([^|]+) \\|");

    private record Row(String library, String license) {
        boolean isOf(JsonObject component) {
            var name = component.getString("group") + ":" + component.getString("name");
            return library.endsWith("*") ? name.startsWith(library.replace("*", "")) : name.equals(library);
        }
    }

    @Test
    void every_library_that_we_ship_is_listed_under_a_license_that_it_offers() throws IOException {
        var rows = rows();
        for (var component : shipped()) {
            var own = rows.stream().filter(row -> row.isOf(component)).toList();
            assertEquals(1, own.size(), () -> "LICENSES.md must name once: " + component.getString("purl"));
            assertTrue(
                    offered(component).contains(own.getFirst().license()),
                    () -> component.getString("purl") + " offers " + offered(component) + ", not " + own);
        }
    }

    @Test
    void nothing_is_listed_that_we_do_not_ship() throws IOException {
        var shipped = shipped();
        var gone = rows().stream().filter(row -> shipped.stream().noneMatch(row::isOf));
        assertEquals(List.of(), gone.toList(), "rows of LICENSES.md without a library");
    }

    private static List<Row> rows() throws IOException {
        try (var lines = Files.lines(Path.of("../LICENSES.md"))) {
            return lines.map(ROW::matcher)
                    .filter(row -> row.matches())
                    .map(row -> new Row(row.group(1), row.group(2)))
                    .toList();
        }
    }

    private static List<JsonObject> shipped() throws IOException {
        var bom = new JsonObject(Buffer.buffer(Files.readAllBytes(Path.of("target/bom.json"))));
        return objects(bom, "components")
                .filter(component -> !component.getString("group").equals("boston.hotline"))
                .toList();
    }

    private static List<String> offered(JsonObject component) {
        return objects(component, "licenses")
                .map(json -> json.getJsonObject("license"))
                .map(license -> license.getString("id", license.getString("name")))
                .toList();
    }

    private static Stream<JsonObject> objects(JsonObject parent, String field) {
        return parent.getJsonArray(field).stream().map(JsonObject.class::cast);
    }
}
