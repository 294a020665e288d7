package hotline.base.database;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the host that accepts writes. All are asked at once; of several that say so, as when an old primary comes back
 * that nobody has told of its successor, the one whose history is the longest counts, and none with a shorter one than was
 * ever seen.
 */
final class Primary implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Primary.class);

    /** What was found is asked for again after this. */
    private static final Duration KNOWN_FOR = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Well above the time for which an idle connection is kept: what is asked must not meet its end. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    /** The first eight letters of a log file's name are the timeline: each promotion begins a new one. */
    private static final String STANDS = """
            SELECT CASE WHEN pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean THEN NULL
                ELSE left(pg_walfile_name(pg_current_wal_lsn()), 8) END AS timeline
            """;

    /** An old primary may answer before its successor, which counts if it answers within this. */
    private static final long SUCCESSOR_MS = 100;

    private final Vertx vertx;
    private final List<Host> hosts;
    private String newest = "";
    private @Nullable Future<SqlConnectOptions> found;
    private @Nullable PgConnectOptions told;
    private long foundAtNanos;

    private record Host(PgConnectOptions server, Pool asks) {}

    /** A host that accepts writes. */
    private record Writable(PgConnectOptions server, String timeline) {}

    Primary(Vertx vertx, DatabaseHosts hosts) {
        this.vertx = vertx;
        this.hosts = hosts.all().stream()
                .map(server -> new Host(server, asking(vertx, server)))
                .toList();
    }

    /** A client of its own: a host that stands still is given up by its silence, and by nothing else. */
    private static Pool asking(Vertx vertx, PgConnectOptions server) {
        var patience = (int) PATIENCE.toMillis();
        return PgBuilder.pool()
                .using(vertx)
                .connectingTo(server)
                .with(new PoolOptions()
                        .setMaxSize(1)
                        .setConnectionTimeout(patience)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout(1)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS))
                .with(new NetClientOptions()
                        .setReadIdleTimeout((int) SILENCE.toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setConnectTimeout(patience))
                .build();
    }

    /** Where to connect to now; fails when no host accepts writes. */
    synchronized Future<SqlConnectOptions> find() {
        if (hosts.size() == 1) {
            return Future.succeededFuture(hosts.getFirst().server());
        }
        var now = System.nanoTime();
        var known = found;
        if (known == null || (known.isComplete() && (known.failed() || now - foundAtNanos > KNOWN_FOR.toNanos()))) {
            known = new Search().begin();
            found = known;
            foundAtNanos = now;
        }
        return known;
    }

    private final class Search {

        private final Promise<SqlConnectOptions> result = Promise.promise();
        private Optional<Writable> best = Optional.empty();
        private int silent = hosts.size();

        Future<SqlConnectOptions> begin() {
            hosts.forEach(host -> host.asks()
                    .query(STANDS)
                    .execute()
                    .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .onComplete(answer -> answered(host, answer)));
            return result.future();
        }

        private void answered(Host host, AsyncResult<RowSet<Row>> answer) {
            synchronized (Primary.this) {
                silent--;
                var timeline = Optional.ofNullable(
                        answer.failed()
                                ? null
                                : answer.result().iterator().next().getString("timeline"));
                best = timeline.map(text -> new Writable(host.server(), text))
                        .filter(server -> best.isEmpty()
                                || server.timeline().compareTo(best.get().timeline()) > 0)
                        .or(() -> best);
                if (silent == 0) {
                    decide();
                } else if (!newest.isEmpty() && timeline.isPresent()) {
                    // A host that stands still is not waited for.
                    vertx.setTimer(SUCCESSOR_MS, _ -> decideOrWait());
                }
            }
        }

        private void decideOrWait() {
            synchronized (Primary.this) {
                if (best.filter(server -> server.timeline().compareTo(newest) >= 0)
                        .isPresent()) {
                    decide();
                }
            }
        }

        private void decide() {
            var writable = best.filter(server -> server.timeline().compareTo(newest) >= 0);
            if (writable.isEmpty()) {
                result.tryFail(
                        best.isEmpty()
                                ? "none of the database's hosts accepts writes"
                                : "the only host that accepts writes is an old primary: its successor was seen");
            } else if (result.tryComplete(writable.get().server())) {
                newest = writable.get().timeline();
                tell(writable.get().server());
            }
        }
    }

    private void tell(PgConnectOptions primary) {
        if (!primary.equals(told)) {
            told = primary;
            LOG.info("the database's primary is {}:{}", primary.getHost(), primary.getPort());
        }
    }

    @Override
    public void close() {
        hosts.forEach(host -> host.asks().close());
    }
}
