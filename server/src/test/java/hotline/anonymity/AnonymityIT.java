package hotline.anonymity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.callback.ledger.RunningDatabase;
import hotline.callback.ledger.Standby;
import hotline.testkit.network.Hotline;
import hotline.testkit.network.TelephoneNetwork;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody may ever learn who called the tip line. Two hundred callers of every kind, of whom the network says all that it can, while the
 * database fails over and Asterisk crashes, and more is logged than usual; then everything that is kept is searched, and what runs.
 */
@Order(3)
final class AnonymityIT {

    private static final String PLANTED = "6175579999";
    private static final String PLANTED_NAME = "Vorhundplant";
    private static final String PLANTED_CODE = "482915";

    /** Where everything is, and what is found there; by place. */
    private record Search(
            Path home, Path database, Path elsewhere, Hotline hotline, Standby postgres, Overhearing overheard) {

        Map<String, Set<String>> all(Traces traces, Traces callers) throws SQLException {
            var found = new TreeMap<String, Set<String>>();
            postgres.checkpoint();
            Places.files(home, traces).forEach((file, what) -> found.put("home " + file, what));
            Places.files(database, traces).forEach((file, what) -> found.put("database " + file, what));
            found.put("dump", traces.in(Places.dump(postgres.portAfterTheFailover())));
            found.put("metrics", traces.in(hotline.api().get("/metrics").body()));
            found.put("manager", overheard.asTheServer(traces));
            found.put("manager, all-seeing", overheard.everything(callers));
            found.put("heap", Places.heap(hotline.serverPid(), elsewhere, traces));
            found.values().removeIf(Set::isEmpty);
            return found;
        }
    }

    @Test
    void of_two_hundred_tip_callers_no_number_no_name_and_no_code_is_found_anywhere(@TempDir Path folder)
            throws Exception {
        var home = folder.resolve("home");
        var database = folder.resolve("database");
        try (var postgres = Standby.beside(database);
                var network = TelephoneNetwork.withoutCarrier();
                var hotline = Hotline.in(home)
                        .with("HOTLINE_DATABASE", postgres.uri())
                        .with("HOTLINE_LOG", "DEBUG")
                        .with("HOTLINE_TIP_BUDGET", "PT10M 5000 6000")
                        .starts(network);
                var overheard = new Overhearing(hotline)) {
            hotline.asterisk("core set debug 9");
            hotline.asterisk("core set verbose 9");
            overheard.begin();
            var search = new Search(home, database, folder.resolve("elsewhere"), hotline, postgres, overheard);
            var codes = codes(search);

            var callers = new Callers(network, hotline, codes);
            callers.call(Map.of(60, () -> failOver(postgres), 100, () -> {
                hotline.killAsterisk();
                overheard.begin();
                return true;
            }));
            tell(postgres, callers);

            assertEquals(Map.of(), search.all(callers.traces(), callers.withoutCodes()));
            plant(search);
        }
    }

    /** Of codes that are nowhere by chance. */
    private static List<String> codes(Search search) throws SQLException {
        var random = new Random(4);
        var drawn = IntStream.range(0, 24)
                .mapToObj(_ -> "%06d".formatted(random.nextInt(300_000, 1_000_000)))
                .toList();
        var traces = new Traces();
        drawn.forEach(traces::code);
        var taken = search.all(traces, new Traces()).values();
        var free = drawn.stream()
                .filter(text -> taken.stream().noneMatch(found -> found.contains(text)))
                .toList();
        assertTrue(free.size() > 16, () -> "found by chance: " + taken);
        return free;
    }

    private static boolean failOver(Standby postgres) throws Exception {
        postgres.kill();
        postgres.promote();
        return true;
    }

    /** Each kind of call came to its end often enough to have left what it leaves. */
    private static void tell(Standby postgres, Callers callers) throws Exception {
        var counted = postgres.counts("SELECT kind, sum(count)::int FROM tip_hour GROUP BY kind");
        System.out.println("anonymity: " + callers + ", counted " + counted);
        assertTrue(counted.getOrDefault("call", 0) >= 120, counted::toString);
        assertTrue(counted.getOrDefault("found", 0) >= 15, counted::toString);
        assertTrue(counted.getOrDefault("not_found", 0) >= 8, counted::toString);
        assertTrue(counted.getOrDefault("officer", 0) >= 3, counted::toString);
        assertTrue(counted.getOrDefault("spoken_tip", 0) >= 3, counted::toString);
        assertTrue(callers.heardCodes() >= 1, callers::toString);
    }

    /** Whoever looks in vain must be able to find: what is put into each place is found there. */
    private static void plant(Search search) throws IOException, SQLException {
        var hotline = search.hotline();
        var traces = new Traces().number(PLANTED).name(PLANTED_NAME).code(PLANTED_CODE);
        assertEquals(Map.of(), search.all(traces, traces));
        Files.writeString(
                hotline.home().resolve("log/planted.log"),
                "+1 (617) 557-9999 \"Quenby " + PLANTED_NAME + "\" asked for 482-915");
        var name = String.join(".", PLANTED, PLANTED_NAME.toLowerCase(Locale.ROOT), PLANTED_CODE);
        var issued = hotline.api().post("/api/v1/tokens", "{\"name\": \"" + name + "\", \"scope\": \"supervisor\"}");
        assertEquals(201, issued.statusCode(), issued.body());
        hotline.api(new JsonObject(issued.body()).getString("token")).get("/api/v1/standing");
        search.overheard().rings(PLANTED);
        hotline.asterisk("dialplan set global PLANTED " + PLANTED_NAME + PLANTED_CODE);
        RunningDatabase.await(
                "the manager tells of it",
                () -> !search.overheard().asTheServer(traces).isEmpty());

        var found = search.all(traces, traces);
        var all = Set.of(PLANTED, PLANTED_NAME.toLowerCase(Locale.ROOT), PLANTED_CODE);
        assertEquals(all, found.get("home log/planted.log"));
        assertEquals(all, found.get("dump"));
        assertEquals(all, found.get("heap"));
        assertTrue(
                found.entrySet().stream()
                        .anyMatch(entry -> entry.getKey().startsWith("database standby/pg_wal/")
                                && entry.getValue().equals(all)),
                found::toString);
        assertTrue(
                found.keySet().stream().anyMatch(text -> text.startsWith("database standby/base/")), found::toString);
        assertEquals(Set.of(PLANTED), found.get("manager"));
        assertEquals(all, found.get("manager, all-seeing"));
        assertEquals(all, traces.in(hotline.api().get("/metrics").body() + "# " + name));
    }

    @Test
    void no_process_of_ours_leaves_its_memory_on_a_disk_and_nobody_else_reads_what_it_writes(@TempDir Path home)
            throws IOException {
        try (var network = TelephoneNetwork.start();
                var hotline = Hotline.in(home).starts(network)) {
            for (var pid : List.of(hotline.serverPid(), hotline.asteriskPid())) {
                var limits = Files.readString(Path.of("/proc/" + pid + "/limits"));
                assertTrue(limits.matches("(?s).*Max core file size +0 +0 .*"), limits);
                var process = Files.readString(Path.of("/proc/" + pid + "/status"));
                assertTrue(process.contains("Umask:\t0077"), process);
            }
            var command = Files.readString(Path.of("/proc/" + hotline.serverPid() + "/cmdline"));
            assertTrue(command.contains("-XX:-HeapDumpOnOutOfMemoryError"), command);
        }
    }
}
