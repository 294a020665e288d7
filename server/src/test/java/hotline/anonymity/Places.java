package hotline.anonymity;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;

/** Where something may have been kept. */
final class Places {

    /** System tables too: statistics hold the most frequent values of a column. */
    private static final String TABLES = """
            SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE relkind IN ('r', 'm') OR relname IN ('pg_stat_activity', 'pg_prepared_xacts') ORDER BY 1
            """;

    private Places() {}

    /** Every byte of every file below a folder: which of the traces each holds. */
    static Map<String, Set<String>> files(Path folder, Traces traces) {
        var found = new ConcurrentSkipListMap<String, Set<String>>();
        try (var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).toList().parallelStream().forEach(file -> {
                var there = traces.in(bytes(file));
                if (!there.isEmpty()) {
                    found.put(folder.relativize(file).toString(), there);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static ByteBuffer bytes(Path file) {
        try {
            return ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (NoSuchFileException gone) {
            return ByteBuffer.allocate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every row of every table, as text. */
    static String dump(int port) {
        var dump = new StringWriter();
        try (var connection =
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "none")) {
            var tables = new ArrayList<String>();
            try (var rows = connection.createStatement().executeQuery(TABLES)) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : tables) {
                dump.append("--- ").append(table).append('\n');
                copy.copyOut("COPY (SELECT * FROM " + table + ") TO STDOUT", dump);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return dump.toString();
    }

    /** All that a process still holds, after it has thrown away what it no longer needs. */
    static Set<String> heap(long pid, Path folder, Traces traces) {
        var file = folder.resolve("heap.hprof").toAbsolutePath();
        try {
            Files.createDirectories(folder);
            var jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
            var asked = new ProcessBuilder(
                            List.of(jcmd, Long.toString(pid), "GC.heap_dump", "-overwrite", file.toString()))
                    .inheritIO()
                    .start();
            if (!asked.waitFor(60, TimeUnit.SECONDS) || asked.exitValue() != 0) {
                throw new AssertionError("no heap dump");
            }
            try (var channel = FileChannel.open(file)) {
                return traces.in(channel.map(MapMode.READ_ONLY, 0, channel.size()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
