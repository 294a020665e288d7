package hotline.base.database;

import hotline.base.Loop;
import io.vertx.pgclient.PgConnectOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own, for who has none: kept in a folder, safe against a power cut (the packaged defaults are
 * not), reached from this machine only and with a password. When its server dies, it is started again where it was.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int ANY_PORT = 0;
    private static final String LOCK = "epg-lock";

    private final Path folder;
    private final String password;
    private final Duration patience;
    private final int port;
    private final Loop watch;
    private @Nullable EmbeddedPostgres postgres;
    private boolean closed;

    private EmbeddedDatabase(Path folder, String password, Duration patience) throws IOException, SQLException {
        this.folder = folder;
        this.password = password;
        this.patience = patience;
        if (servesUs()) {
            port = serverPort(data());
        } else {
            endLeftBehind(data());
            var fresh = !Files.exists(data().resolve("PG_VERSION"));
            var launched = launch(ANY_PORT);
            postgres = launched;
            port = launched.getPort();
            if (fresh) {
                demandPassword(launched);
            }
        }
        // A server that ends together with us is not started again.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::endWithProcess));
        watch = Loop.every("embedded database", LOOK_EVERY, this::startAgainWhenDead)
                .start();
    }

    /**
     * Starts it, over the data of an earlier run if there are any. A server that an earlier run left behind when it was
     * killed is taken over as it runs; one that does not answer is ended first.
     *
     * @throws IllegalStateException when it cannot be started, saying what to look at
     */
    public static EmbeddedDatabase start(Path folder, String password) {
        return start(folder, password, START);
    }

    /** @param patience after which a start is given up */
    static EmbeddedDatabase start(Path folder, String password, Duration patience) {
        try {
            Files.createDirectories(folder);
            return new EmbeddedDatabase(folder, password, patience);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(
                    "the embedded database in " + folder + " did not start: look at the lines above, or set"
                            + " HOTLINE_DATABASE to use one of your own",
                    e);
        }
    }

    /** How to reach the one that runs over this folder, if one does. */
    public static Optional<PgConnectOptions> running(Path folder, String password) {
        var data = folder.resolve("data");
        try {
            return serves(data) ? Optional.of(server(serverPort(data), password)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private EmbeddedPostgres launch(int wantedPort) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(wantedPort)
                .setDataDirectory(data())
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
                .setPGStartupWait(patience)
                .start();
    }

    /** Looks whether the server lives: it is no child of ours, so that nobody tells us when it dies. */
    private void startAgainWhenDead() {
        if (!serves(data())) {
            startAgain();
        }
    }

    private synchronized void watchNoMore() {
        closed = true;
    }

    /** One that we launched is ended by its library's own hook. */
    private void endWithProcess() {
        watchNoMore();
        try {
            if (postgres == null) {
                endLeftBehind(data());
            }
        } catch (IOException e) {
            LOG.info("the embedded database was left running: the next start takes it over");
        }
    }

    /** May fail at first: what the dead server left behind can hold its memory for a moment longer. */
    private synchronized void startAgain() {
        if (closed) {
            return;
        }
        try {
            LOG.error("the embedded database ended unexpectedly: starting it again");
            if (postgres != null) {
                postgres.close();
            }
            // A start that was given up keeps its lock for as long as this process lives: the next one needs another.
            Files.deleteIfExists(data().resolve(LOCK));
            postgres = launch(port);
        } catch (IOException | RuntimeException e) {
            LOG.error("the embedded database does not start yet: {}", String.valueOf(e.getMessage()));
        }
    }

    /** The data folder is made without a password; from the first start on it asks for one. */
    private void demandPassword(EmbeddedPostgres postgres) throws SQLException, IOException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            var literal = statement.enquoteLiteral(password);
            statement.execute("ALTER USER postgres PASSWORD " + literal);
            Files.writeString(data().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    /** Whether the server of an earlier run is there and answers. */
    private boolean servesUs() throws IOException {
        if (!serves(data())) {
            return false;
        }
        var left = server(serverPort(data()), password);
        var login = new Properties();
        login.putAll(Map.of("user", left.getUser(), "password", password, "loginTimeout", "2"));
        try (var connection = DriverManager.getConnection(DatabaseHosts.of(left).jdbcUrl(), login)) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void endLeftBehind(Path data) throws IOException {
        if (serves(data)) {
            var server = ProcessHandle.of(serverPid(data)).orElseThrow();
            // SIGINT is PostgreSQL's fast shutdown: open transactions are rolled back, nothing committed is lost.
            new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start();
            awaitEnd(server);
        }
    }

    /** Whether a server runs over this folder; the id that it left may belong to a stranger by now. */
    private static boolean serves(Path data) {
        try {
            return Files.readString(Path.of("/proc/" + serverPid(data) + "/cmdline"))
                    .contains(data.toString());
        } catch (IOException | NoSuchElementException | NumberFormatException e) {
            return false;
        }
    }

    private static long serverPid(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    }

    /** The fourth line of what the server writes when it starts. */
    private static int serverPort(Path data) throws IOException {
        return Integer.parseInt(
                Files.readAllLines(data.resolve("postmaster.pid")).get(3).strip());
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
        return server(port, password);
    }

    private static PgConnectOptions server(int port, String password) {
        return new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setDatabase("postgres")
                .setUser("postgres")
                .setPassword(password);
    }

    @Override
    public void close() {
        watchNoMore();
        watch.close();
        try {
            if (postgres != null) {
                postgres.close();
            }
            endLeftBehind(data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
