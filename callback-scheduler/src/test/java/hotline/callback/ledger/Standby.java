package hotline.callback.ledger;

import hotline.base.database.DatabaseHosts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A primary with a standby that confirms each commit, as PostgreSQL streams it. */
public final class Standby implements AutoCloseable {

    private static final int ANY_PORT = 0;
    private static final int STARTS = 20;

    private final Path folder;
    private EmbeddedPostgres primary;
    private final EmbeddedPostgres standby;
    private boolean paused;

    private Standby(Path folder) throws IOException, SQLException, InterruptedException {
        this.folder = folder;
        primary = launch("primary", ANY_PORT);
        // Begun and ended in one session.
        try (var connection = primary.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('standby', true)");
            copy(folder.resolve("primary"), folder.resolve("standby"));
            try (var ended = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                ended.next();
                Files.writeString(folder.resolve("standby/backup_label"), ended.getString(1));
            }
        }
        Files.createFile(folder.resolve("standby/standby.signal"));
        Files.writeString(
                folder.resolve("standby/postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=" + primary.getPort() + " user=postgres'\n");
        standby = launch("standby", ANY_PORT);
        run(primary, "ALTER SYSTEM SET synchronous_standby_names = '*'");
        run(primary, "SELECT pg_reload_conf()");
        RunningDatabase.await(
                "the standby confirms commits",
                () -> asked(primary, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 1);
    }

    public static Standby beside(Path folder) throws IOException, SQLException, InterruptedException {
        return new Standby(folder);
    }

    private EmbeddedPostgres launch(String name, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve(name))
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setPGStartupWait(Duration.ofSeconds(30))
                .start();
    }

    /** As a base backup does it: what changes meanwhile is made good from the log. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
                } else if (!file.endsWith("postmaster.pid") && Files.exists(file)) {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** Both, the primary of the beginning last. */
    public DatabaseHosts hosts() {
        return DatabaseHosts.parse(uri());
    }

    /** Both, for {@code HOTLINE_DATABASE}. */
    public String uri() {
        return "postgresql://postgres:none@127.0.0.1:%d,127.0.0.1:%d/postgres"
                .formatted(standby.getPort(), primary.getPort());
    }

    /** Where the standby is, which serves once it is promoted. */
    public int portAfterTheFailover() {
        return standby.getPort();
    }

    /** Writes what is in its memory alone into the standby's files. */
    public void checkpoint() throws SQLException {
        run(standby, "CHECKPOINT");
    }

    /** Two columns of the standby's, as a word and how often. */
    public Map<String, Integer> counts(String sql) throws SQLException {
        var counts = new TreeMap<String, Integer>();
        try (var connection = standby.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getInt(2));
            }
        }
        return counts;
    }

    public void kill() throws IOException {
        signal("KILL");
    }

    /** As an operating system starts a primary again that was killed: what it left of its memory is in the way for a moment. */
    public void startAgain() throws IOException {
        var port = primary.getPort();
        for (var tries = 0; ; tries++) {
            try {
                primary = launch("primary", port);
                return;
            } catch (IOException | IllegalStateException e) {
                if (tries == STARTS) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
        }
    }

    /** The primary stands still: it accepts connections and answers nothing. */
    public void pause() throws IOException {
        paused = true;
        signal("STOP");
    }

    public void resume() throws IOException {
        paused = false;
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        var first = ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("primary/postmaster.pid"))
                        .getFirst()))
                .orElseThrow();
        for (var process : Stream.concat(Stream.of(first), first.children()).toList()) {
            try {
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** As whoever watches over the pair does when the primary is gone. */
    public void promote() throws SQLException {
        run(standby, "SELECT pg_promote(true, 30)");
    }

    static void run(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long asked(EmbeddedPostgres server, String sql) {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counted on the old primary alone. */
    public long onTheOldPrimary(String sql) {
        return asked(primary, sql);
    }

    @Override
    public void close() throws IOException {
        if (paused) {
            resume();
        }
        standby.close();
        primary.close();
    }
}
