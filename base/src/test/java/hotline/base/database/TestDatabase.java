package hotline.base.database;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A database of its own, with the schema of the rooms that a test has, on a real PostgreSQL. */
public final class TestDatabase implements AutoCloseable {

    /** Setting up may take as long as a slow disk needs: production's two seconds are for callers who wait. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    public final Vertx vertx = Vertx.vertx();
    public final Database database;
    private final PgConnectOptions server;

    /** On the server that all tests of this process share. */
    public TestDatabase() {
        this(SharedServer.newDatabase(), Map.of());
    }

    /** @param properties of each connection */
    public TestDatabase(PgConnectOptions server, Map<String, String> properties) {
        this.server = server;
        var options = new PgConnectOptions(server);
        properties.forEach(options::addProperty);
        database = new Database(vertx, DatabaseHosts.of(options), PATIENCE);
    }

    /** One whose clock stands until {@link #setClock}: what the statements ask for the time is a function of ours. */
    public static TestDatabase withClockSetByHand(Instant now) {
        var made = new TestDatabase(SharedServer.newDatabase(), Map.of("search_path", "by_hand, public, pg_catalog"));
        made.database.run("CREATE SCHEMA by_hand");
        made.database.run("CREATE TABLE by_hand.clock AS SELECT $1::timestamptz AS now", now.atOffset(ZoneOffset.UTC));
        made.database.run("CREATE FUNCTION by_hand.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE"
                + " AS 'SELECT now FROM by_hand.clock'");
        return made;
    }

    public void setClock(Instant now) {
        database.run("UPDATE by_hand.clock SET now = $1", now.atOffset(ZoneOffset.UTC));
    }

    /** How to reach it. */
    public DatabaseHosts hosts() {
        return DatabaseHosts.of(server);
    }

    /** Holds an advisory lock until it is closed, so that a statement that wants it waits as long as a test likes. */
    public Connection heldLock(long key) throws SQLException {
        var connection = DriverManager.getConnection(hosts().jdbcUrl(), server.getUser(), server.getPassword());
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + key + ")");
        }
        return connection;
    }

    /** Waits until it holds, for half a minute at the most. */
    public static void await(String what, BooleanSupplier holds) {
        var patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > patience) {
                throw new AssertionError("waited in vain: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    @Override
    public void close() {
        database.close();
        vertx.close().await();
    }
}
