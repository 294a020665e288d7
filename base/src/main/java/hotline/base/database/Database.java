package hotline.base.database;

import hotline.base.DatabaseUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database, for code that waits: every statement runs on the calling (virtual) thread and has an end. What could
 * not be done in time is a {@link DatabaseUnavailable}; what the database refused is its own {@link PgException}.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** A caller waits on the line for this; then the flow goes on without the database. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A black-holed connection is given up only by silence that lasts this much longer than any statement may. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /**
     * Of each session. A node that stands still in the middle of a transaction must not keep its rows from the others; compiling
     * a statement takes longer than any of ours. They are set once it is there: a pooler refuses them as a connection begins.
     */
    private static final String SETTINGS = "SET idle_in_transaction_session_timeout = '5s'; SET jit = off";

    /** So often the pool looks for connections that have been idle too long: before their silence ends them in use. */
    private static final int CLEANED_MS = 500;

    private static final String READ_ONLY = "25006";

    private final Vertx vertx;
    private final Duration patience;
    private final Primary primary;
    private final AtomicReference<Pool> pool;
    private final AtomicReference<String> logged = new AtomicReference<>("");

    public Database(Vertx vertx, PgConnectOptions server) {
        this(vertx, DatabaseHosts.of(server));
    }

    public Database(Vertx vertx, DatabaseHosts hosts) {
        this(vertx, hosts, PATIENCE);
    }

    /** @param patience how long a statement may take */
    public Database(Vertx vertx, DatabaseHosts hosts, Duration patience) {
        this.vertx = vertx;
        this.patience = patience;
        primary = new Primary(vertx, hosts);
        pool = new AtomicReference<>(connections());
    }

    private Pool connections() {
        return PgBuilder.pool()
                .using(vertx)
                .connectingTo(primary::find)
                .withConnectHandler(fresh -> fresh.query(SETTINGS).execute().onComplete(_ -> fresh.close()))
                .with(new PoolOptions()
                        .setName("hotline-database")
                        .setMaxSize(16)
                        .setMaxWaitQueueSize(2_000)
                        .setConnectionTimeout((int) patience.toMillis())
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setPoolCleanerPeriod(CLEANED_MS)
                        .setIdleTimeout(2)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS))
                .with(new NetClientOptions()
                        .setReadIdleTimeout((int) patience.plus(GRACE).toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setConnectTimeout((int) PATIENCE.toMillis()))
                .build();
    }

    /** Runs one statement, committed when this returns. */
    public RowSet<Row> run(String sql, @Nullable Object... values) {
        return connected(connections -> run(connections, patience, sql, values));
    }

    /** Whoever only reads is not the primary any more: its connections are thrown away, all at once. */
    private <T> T connected(Function<Pool, T> work) {
        var used = pool.get();
        try {
            return work.apply(used);
        } catch (DatabaseUnavailable e) {
            if (e.getCause() instanceof PgException refused && READ_ONLY.equals(refused.getSqlState())) {
                var fresh = connections();
                (pool.compareAndSet(used, fresh) ? used : fresh).close();
            }
            throw e;
        }
    }

    /**
     * What is wrong with it, in words for the person on duty; empty when it answers. Anybody may read them: where the
     * database is, and who we are there, is said to the log alone, once.
     */
    public Optional<String> problem() {
        try {
            run("SELECT 1");
            logged.set("");
            return Optional.empty();
        } catch (DatabaseUnavailable | PgException e) {
            var cause = String.valueOf(e.getMessage());
            if (!logged.getAndSet(cause).equals(cause)) {
                LOG.warn("the database does not serve us: {}", cause);
            }
            return Optional.of("it does not serve us: see log/hotline.log");
        }
    }

    /** Runs all of the work, or none of it. */
    public <T> T transaction(Function<Transaction, T> work) {
        return connected(connections -> transaction(connections, work));
    }

    private <T> T transaction(Pool connections, Function<Transaction, T> work) {
        var connection = waitFor(connections.getConnection(), patience);
        try {
            var begun = waitFor(connection.begin(), patience);
            T result;
            try {
                result = work.apply(new Transaction(connection, patience));
            } catch (Throwable failure) {
                begun.rollback();
                throw failure;
            }
            waitFor(begun.commit(), patience);
            return result;
        } finally {
            connection.close();
        }
    }

    /** One transaction's statements. */
    public record Transaction(SqlConnection connection, Duration patience) {

        public RowSet<Row> run(String sql, @Nullable Object... values) {
            return Database.run(connection, patience, sql, values);
        }

        /**
         * Runs the statement once over all of the tuples: each of its values is the list of theirs.
         *
         * @param types of the values, in the order of the statement
         */
        public void runAll(String sql, List<Class<?>> types, List<Tuple> tuples) {
            if (tuples.isEmpty()) {
                return;
            }
            var columns = Tuple.tuple();
            for (var i = 0; i < types.size(); i++) {
                var column = (Object[]) Array.newInstance(types.get(i), tuples.size());
                for (var row = 0; row < column.length; row++) {
                    column[row] = tuples.get(row).getValue(i);
                }
                columns.addValue(column);
            }
            waitFor(connection.preparedQuery(sql).execute(columns), patience);
        }
    }

    private static RowSet<Row> run(SqlClient client, Duration patience, String sql, @Nullable Object... values) {
        return waitFor(client.preparedQuery(sql).execute(Tuple.from(values)), patience);
    }

    private static <T> T waitFor(Future<T> future, Duration patience) {
        try {
            return future.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DatabaseUnavailable("the database did not answer within " + patience, e);
        } catch (PgException e) {
            // Class 57: shut down or cancelled by an operator; 53: out of connections, disk or memory; 08: connection.
            if (e.getSqlState() != null && e.getSqlState().matches("(57|53|08|58|25).*")) {
                throw new DatabaseUnavailable("the database refused: " + e.getSqlState(), e);
            }
            throw e;
        } catch (Throwable e) {
            throw new DatabaseUnavailable("the database cannot be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pool.get().close();
        primary.close();
    }
}
