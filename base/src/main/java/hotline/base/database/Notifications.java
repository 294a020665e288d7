package hotline.base.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import io.vertx.sqlclient.SqlConnectOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what other nodes say. What is sent while the connection is down is lost: after each reconnection
 * {@code missed} is called, and whoever relied on a notification reads the state anew.
 */
public final class Notifications implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final long HEARTBEAT_MS = 1_000;
    private static final long PATIENCE_MS = 2_000;
    private static final long AGAIN_MS = 500;

    private final Vertx vertx;
    private final Primary primary;
    private final List<String> channels;
    private final Consumer<PgNotification> heard;
    private final Runnable missed;
    private volatile boolean closed;

    /** @param heard called on an event loop: must not wait */
    public Notifications(
            Vertx vertx, DatabaseHosts hosts, List<String> channels, Consumer<PgNotification> heard, Runnable missed) {
        this.vertx = vertx;
        primary = new Primary(vertx, hosts);
        this.channels = List.copyOf(channels);
        this.heard = heard;
        this.missed = missed;
    }

    public void start() {
        primary.find()
                .compose(server -> PgConnection.connect(vertx, (PgConnectOptions) server)
                        .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                        .onSuccess(connection -> listen(connection, server)))
                .onFailure(_ -> again());
    }

    private void listen(PgConnection connection, SqlConnectOptions server) {
        connection.notificationHandler(heard::accept);
        connection
                .query("LISTEN " + String.join("; LISTEN ", channels))
                .execute()
                .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                .onSuccess(_ -> {
                    missed.run();
                    beat(connection, server);
                })
                .onFailure(_ -> giveUp(connection));
    }

    /** A dead connection, or an old primary, is noticed by asking: a listener otherwise never says a word. */
    private void beat(PgConnection connection, SqlConnectOptions server) {
        vertx.setTimer(HEARTBEAT_MS, _ -> {
            if (closed) {
                connection.close();
                return;
            }
            connection
                    .query("SELECT 1")
                    .execute()
                    .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .compose(_ -> primary.find())
                    .compose(now -> now.equals(server)
                            ? Future.succeededFuture()
                            : Future.failedFuture("another host is the primary now"))
                    .onSuccess(_ -> beat(connection, server))
                    .onFailure(_ -> giveUp(connection));
        });
    }

    private void giveUp(PgConnection connection) {
        LOG.info("the database's notifications are cut off; reading its state until they are back");
        connection.close();
        again();
    }

    private void again() {
        if (!closed) {
            vertx.setTimer(AGAIN_MS, _ -> start());
        }
    }

    @Override
    public void close() {
        closed = true;
        primary.close();
    }
}
