package hotline.callback.ledger;

import hotline.base.database.Database;
import hotline.base.database.DatabaseHosts;
import hotline.base.database.EmbeddedDatabase;
import hotline.base.database.Migrations;
import hotline.base.database.SharedServer;
import hotline.base.database.TestDatabase;
import hotline.base.keys.EpochVault;
import hotline.base.keys.KeyRatchet;
import hotline.base.keys.Vault;
import hotline.callback.Callback.Ask;
import hotline.callback.CallbackService.Promise;
import hotline.callback.Ladder;
import hotline.callback.Ledger;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.RetryPlan;
import hotline.callback.RingPlan;
import hotline.callback.Role;
import hotline.callback.Wishes;
import hotline.callback.dispatch.Decisions;
import hotline.callback.dispatch.Dispatcher;
import hotline.callback.dispatch.Offers;
import hotline.callback.request.Requests;
import hotline.callback.staff.Responder;
import hotline.callback.staff.RingPlanStore;
import hotline.callback.staff.RingPlans;
import hotline.callback.staff.StaffStore;
import hotline.callback.staffline.PinHash;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A database of its own, on a real PostgreSQL, with the stores over it. */
public final class RunningDatabase implements AutoCloseable {

    public static final Ladder LADDER = Ladder.parse("PT0S first, PT3M next, PT20M at_risk every PT2M");

    public static final Duration LANGUAGE_FIRST = Duration.ofMinutes(1);

    public static final RingPlan PLAN = new RingPlan(LADDER, LANGUAGE_FIRST);

    public static final String NODE = "this-node";

    /** With less work than in production: tests of PINs are to be quick. */
    public static final PinHash PINS = new PinHash(new byte[32], 1_000);

    public final Vertx vertx;
    public final Vault vault = new Vault(Vault.newKeys());
    public final EpochVault numbers = new EpochVault(new KeyRatchet(KeyRatchet.begun(), _ -> {}));
    public final Database database;
    public final StaffStore staff;
    public final Ledger ledger;
    public final RingPlanStore ringPlans;
    public final RingPlans plans;
    public final Offers offers;
    public final Dispatcher dispatcher;
    private final TestDatabase made;
    private final Runnable end;

    /** On the server that all tests of this process share. */
    public RunningDatabase() {
        this(new TestDatabase(), () -> {});
    }

    /** On a server of its own, over the data of an earlier one if there are any, for who does something to it. */
    public RunningDatabase(Path folder) {
        this(EmbeddedDatabase.start(folder, SharedServer.PASSWORD));
    }

    private RunningDatabase(EmbeddedDatabase own) {
        this(new TestDatabase(own.server(), Map.of()), own::close);
        Migrations.run(hosts());
    }

    private RunningDatabase(TestDatabase made, Runnable end) {
        this.made = made;
        this.end = end;
        vertx = made.vertx;
        database = made.database;
        staff = new StaffStore(database);
        ledger = new PostgresLedger(database, numbers);
        ringPlans = new RingPlanStore(database, ledger);
        plans = new RingPlans(ringPlans, PLAN, NODE);
        offers = new Offers(ledger, plans::ladder, RetryPlan.STANDARD);
        dispatcher = dispatcher(NODE);
    }

    /** One whose clock stands until {@link #setClock}. */
    public static RunningDatabase withClockSetByHand(Instant now) {
        return new RunningDatabase(TestDatabase.withClockSetByHand(now), () -> {});
    }

    public void setClock(Instant now) {
        made.setClock(now);
    }

    /** The dispatcher's looks on one more node. */
    public Dispatcher dispatcher(String node) {
        return new Dispatcher(ledger, plans, node);
    }

    /** How to reach it. */
    public DatabaseHosts hosts() {
        return made.hosts();
    }

    public Connection heldLock(long key) throws SQLException {
        return made.heldLock(key);
    }

    public Requests callbacks(Duration promise) {
        return new Requests(ledger, promise);
    }

    public CallbackViews views() {
        return new CallbackViews(database, plans::ladder);
    }

    public Decisions decisions() {
        return new Decisions(ledger);
    }

    /** Somebody asks for a call-back, and is still on the line. */
    public Promise asks(String number, String language, Duration promise) {
        return callbacks(promise)
                .enter(Request.now(
                        new PhoneNumber(number), new Ask(Wishes.cautious(language), true), Optional.empty()));
    }

    /** Somebody asked for a call-back within half an hour, and has hung up. */
    public UUID asked(String number) {
        var callbacks = callbacks(Duration.ofMinutes(30));
        var callback = callbacks
                .enter(Request.now(new PhoneNumber(number), new Ask(Wishes.cautious("en"), true), Optional.empty()))
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
                        + " steps_until = steps_until - make_interval(secs => $2) WHERE id = $1",
                callback,
                (double) by.toSeconds());
        database.run("ALTER TABLE callback ENABLE TRIGGER due_time_never_changes");
    }

    /** Waits until it holds, for half a minute at the most. */
    public static void await(String what, BooleanSupplier holds) {
        TestDatabase.await(what, holds);
    }

    public void empty() {
        database.run(
                "TRUNCATE callback, line_call, offer, attempt, step, event, shift, shift_exception, alert, responder,"
                        + " promise_hour, promise_wait, promise_change, responder_hour, responder_change,"
                        + " ring_plan, ring_plan_of_node, area_code, interpreter");
        database.run(
                "UPDATE counted_for_good SET promises_before = DEFAULT, days_before = DEFAULT, offers_before = DEFAULT");
    }

    @Override
    public void close() {
        made.close();
        end.run();
    }
}
