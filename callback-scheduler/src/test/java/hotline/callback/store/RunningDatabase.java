package hotline.callback.store;

import hotline.callback.CallbackDesk.Promise;
import hotline.callback.Ladder;
import hotline.callback.PhoneNumber;
import hotline.callback.RetryPlan;
import hotline.callback.Role;
import hotline.callback.Wishes;
import hotline.callback.staff.Responder;
import hotline.callback.staff.StaffStore;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A PostgreSQL of its own with the stores over it. */
public final class RunningDatabase implements AutoCloseable {

    public static final Ladder LADDER = Ladder.parse("PT0S first, PT3M next, PT20M at_risk every PT2M");

    public final Vertx vertx = Vertx.vertx();
    public final Vault vault = new Vault(Vault.newSealKeys(), Vault.newMarkKeys());
    public final Database database;
    public final StaffStore staff;
    public final OfferStore offers;
    public final KeeperStore keeper;
    private final EmbeddedDatabase server;

    public RunningDatabase(Path folder) {
        server = EmbeddedDatabase.start(folder, "for-tests-only");
        Migrations.run(server.server());
        database = new Database(vertx, server.server());
        staff = new StaffStore(database);
        offers = new OfferStore(database, vault, LADDER, RetryPlan.STANDARD);
        keeper = keeper("this-node");
    }

    /** The keeper's store of one more node. */
    public KeeperStore keeper(String node) {
        return new KeeperStore(database, LADDER, node);
    }

    /** How to reach it. */
    public PgConnectOptions server() {
        return server.server();
    }

    public CallbackStore callbacks(Duration promise) {
        return new CallbackStore(database, vault, promise);
    }

    public CallbackViews views() {
        return new CallbackViews(database, LADDER);
    }

    /** Somebody asks for a call-back, and is still on the line. */
    public Promise asks(String number, String language, Duration promise) {
        return callbacks(promise).enter(new PhoneNumber(number), Wishes.cautious(language), true);
    }

    /** Somebody asked for a call-back within half an hour, and has hung up. */
    public UUID asked(String number) {
        var callbacks = callbacks(Duration.ofMinutes(30));
        var callback = callbacks
                .enter(new PhoneNumber(number), Wishes.cautious("en"), true)
                .callback();
        callbacks.ready(callback);
        return callback;
    }

    /** A responder who speaks English and is on duty. */
    public void onDuty(String id, String phone) {
        staff.save(new Responder(id, id, phone, List.of("en"), Role.RESPONDER, true));
    }

    /** Pushes a request into the past, which nothing but a test may do. */
    public void age(UUID callback, Duration by) {
        database.run("ALTER TABLE callback DISABLE TRIGGER due_time_never_changes");
        database.run(
                "UPDATE callback SET requested_at = requested_at - make_interval(secs => $2),"
                        + " due_at = due_at - make_interval(secs => $2), wake_at = clock_timestamp(),"
                        + " round_begun = round_begun - make_interval(secs => $2),"
                        + " round_from = round_from - make_interval(secs => $2),"
                        + " rungs_until = rungs_until - make_interval(secs => $2) WHERE id = $1",
                callback,
                (double) by.toSeconds());
        database.run("ALTER TABLE callback ENABLE TRIGGER due_time_never_changes");
    }

    public void empty() {
        database.run("TRUNCATE callback, offer, attempt, rung, event, shift, shift_exception, alert, responder");
    }

    @Override
    public void close() {
        database.close();
        vertx.close().await();
        server.close();
    }
}
