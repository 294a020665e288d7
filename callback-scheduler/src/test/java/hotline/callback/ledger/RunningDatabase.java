package hotline.callback.ledger;

import hotline.base.database.Database;
import hotline.base.database.DatabaseHosts;
import hotline.base.database.EmbeddedDatabase;
import hotline.base.database.Migrations;
import hotline.base.keys.Chain;
import hotline.base.keys.EpochVault;
import hotline.base.keys.Vault;
import hotline.callback.CallbackDesk.Promise;
import hotline.callback.Ladder;
import hotline.callback.Ledger;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.RetryPlan;
import hotline.callback.RingPlan;
import hotline.callback.Role;
import hotline.callback.Wishes;
import hotline.callback.dispatch.Decisions;
import hotline.callback.dispatch.Offers;
import hotline.callback.dispatch.Watch;
import hotline.callback.staff.Responder;
import hotline.callback.staff.RingPlanStore;
import hotline.callback.staff.RingPlans;
import hotline.callback.staff.StaffStore;
import hotline.callback.staffline.PinMark;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A database of its own, on a real PostgreSQL, with the stores over it. */
public final class RunningDatabase implements AutoCloseable {

    public static final Ladder LADDER = Ladder.parse("PT0S first, PT3M next, PT20M at_risk every PT2M");

    public static final Duration LANGUAGE_FIRST = Duration.ofMinutes(1);

    public static final RingPlan PLAN = new RingPlan(LADDER, LANGUAGE_FIRST);

    public static final String NODE = "this-node";

    /** With less work than in production: tests of PINs are to be quick. */
    public static final PinMark PINS = new PinMark(new byte[32], 1_000);

    /** Setting up may take as long as a slow disk needs: production's two seconds are for callers who wait. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    public final Vertx vertx = Vertx.vertx();
    public final Vault vault = new Vault(Vault.newSealKeys());
    public final EpochVault numbers = new EpochVault(new Chain(Chain.begun(), _ -> {}));
    public final Database database;
    public final StaffStore staff;
    public final Ledger ledger;
    public final RingPlanStore ringPlans;
    public final RingPlans plans;
    public final Offers offers;
    public final Watch keeper;
    private final PgConnectOptions server;
    private final Runnable end;

    /** On the server that all tests of this process share. */
    public RunningDatabase() {
        this(Map.of());
    }

    /** On a server of its own, over the data of an earlier one if there are any, for who does something to it. */
    public RunningDatabase(Path folder) {
        this(EmbeddedDatabase.start(folder, SharedServer.PASSWORD));
    }

    private RunningDatabase(EmbeddedDatabase own) {
        this(own.server(), Map.of(), own::close);
        Migrations.run(hosts());
    }

    private RunningDatabase(Map<String, String> properties) {
        this(SharedServer.newDatabase(), properties, () -> {});
    }

    private RunningDatabase(PgConnectOptions server, Map<String, String> properties, Runnable end) {
        this.server = server;
        this.end = end;
        var options = new PgConnectOptions(server);
        properties.forEach(options::addProperty);
        database = new Database(vertx, DatabaseHosts.of(options), PATIENCE);
        staff = new StaffStore(database);
        ledger = new PostgresLedger(database, numbers);
        ringPlans = new RingPlanStore(database);
        plans = new RingPlans(ringPlans, PLAN, NODE);
        offers = new Offers(ledger, plans::ladder, RetryPlan.STANDARD);
        keeper = keeper(NODE);
    }

    /** One whose clock stands until {@link #setClock}: what the statements ask for the time is a function of ours. */
    public static RunningDatabase withClockSetByHand(Instant now) {
        var stores = new RunningDatabase(Map.of("search_path", "by_hand, public, pg_catalog"));
        stores.database.run("CREATE SCHEMA by_hand");
        stores.database.run(
                "CREATE TABLE by_hand.clock AS SELECT $1::timestamptz AS now", now.atOffset(ZoneOffset.UTC));
        stores.database.run("CREATE FUNCTION by_hand.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE"
                + " AS 'SELECT now FROM by_hand.clock'");
        return stores;
    }

    public void setClock(Instant now) {
        database.run("UPDATE by_hand.clock SET now = $1", now.atOffset(ZoneOffset.UTC));
    }

    /** The keeper's looks on one more node. */
    public Watch keeper(String node) {
        return new Watch(ledger, plans, node);
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

    public CallbackStore callbacks(Duration promise) {
        return new CallbackStore(database, numbers, promise);
    }

    public CallbackViews views() {
        return new CallbackViews(database, plans::ladder);
    }

    public Decisions decisions() {
        return new Decisions(ledger);
    }

    /** Somebody asks for a call-back, and is still on the line. */
    public Promise asks(String number, String language, Duration promise) {
        return callbacks(promise).enter(Request.now(new PhoneNumber(number), Wishes.cautious(language), true));
    }

    /** Somebody asked for a call-back within half an hour, and has hung up. */
    public UUID asked(String number) {
        var callbacks = callbacks(Duration.ofMinutes(30));
        var callback = callbacks
                .enter(Request.now(new PhoneNumber(number), Wishes.cautious("en"), true))
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

    public void empty() {
        database.run("TRUNCATE callback, offer, attempt, rung, event, shift, shift_exception, alert, responder,"
                + " promise_hour, promise_wait, promise_change, responder_hour, responder_change,"
                + " ring_plan, ring_plan_of_node");
        database.run(
                "UPDATE counted_for_good SET promises_before = DEFAULT, days_before = DEFAULT, offers_before = DEFAULT");
    }

    @Override
    public void close() {
        database.close();
        vertx.close().await();
        end.run();
    }
}
