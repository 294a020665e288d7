package hotline.callback.store;

import io.vertx.pgclient.PgConnectOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A PostgreSQL of our own, for who has none: kept in a folder, safe against a power cut (the packaged defaults are
 * not), reached from this machine only and with a password.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres postgres, String password) {
        this.postgres = postgres;
        this.password = password;
    }

    /**
     * Starts it, over the data of an earlier run if there are any; a server that an earlier run left behind is ended
     * first.
     *
     * @throws IllegalStateException when it cannot be started, saying what to look at
     */
    public static EmbeddedDatabase start(Path folder, String password) {
        try {
            Files.createDirectories(folder);
            var data = folder.resolve("data");
            endLeftBehind(data);
            var fresh = !Files.exists(data.resolve("PG_VERSION"));
            var postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("password_encryption", "scram-sha-256")
                    .setServerConfig("max_connections", "100")
                    .setConnectConfig("password", password)
                    .setPGStartupWait(START)
                    .start();
            if (fresh) {
                demandPassword(postgres, data, password);
            }
            return new EmbeddedDatabase(postgres, password);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "the embedded database in " + folder + " did not start: look at the lines above, or set"
                            + " HOTLINE_DATABASE to use one of your own",
                    e);
        }
    }

    /** The data folder is made without a password; from the first start on it asks for one. */
    private static void demandPassword(EmbeddedPostgres postgres, Path data, String password)
            throws SQLException, IOException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            var literal = statement.enquoteLiteral(password);
            statement.execute("ALTER USER postgres PASSWORD " + literal);
            Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static void endLeftBehind(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var server = ProcessHandle.of(pid).filter(it -> serves(it, data));
        if (server.isPresent()) {
            // SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, nothing committed is lost.
            new ProcessBuilder("kill", "-INT", Long.toString(pid)).start();
            awaitEnd(server.get());
        }
    }

    /** Whether this process is a server over our folder, and not a stranger that was given the same id since. */
    private static boolean serves(ProcessHandle process, Path data) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .contains(data.toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        CompletableFuture<ProcessHandle> end = process.onExit();
        try {
            end.get(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** How to reach it. */
    public PgConnectOptions server() {
        return new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(postgres.getPort())
                .setDatabase("postgres")
                .setUser("postgres")
                .setPassword(password);
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
