import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import hotline.callback.Ladder;
import hotline.callback.RetryPlan;
import hotline.callback.RingPlan;
import hotline.callback.dispatch.DispatchLoop;
import hotline.callback.dispatch.Offers;
import hotline.callback.dispatch.Dispatcher;
import hotline.base.keys.KeyRatchet;
import hotline.base.database.Database;
import hotline.base.database.DatabaseHosts;
import hotline.base.database.EmbeddedDatabase;
import hotline.base.keys.EpochVault;
import hotline.base.database.Migrations;
import hotline.base.database.Notifications;
import hotline.callback.ledger.PostgresLedger;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.StreamSupport;

/**
 * How fast steps are fired and call-backs claimed, and how late, with many open call-backs in the table; and db-scheduler
 * with as many one-shot executions on the same PostgreSQL, in the same run. Two nodes each.
 */
class Promise {

    private static final int AT_ONCE = 20_000;
    private static final int A_SECOND = 200;
    private static final int SECONDS = 20;
    private static final int CLAIMS = 2_000;
    private static final RingPlan PLAN = new RingPlan(Ladder.parse("PT0S first, PT3M next"), Duration.ZERO);

    private final Vertx vertx = Vertx.vertx();
    private final PgConnectOptions server;
    private final Database database;
    private final HikariDataSource jdbc;

    private Promise(Path home) {
        server = EmbeddedDatabase.start(home, "of-the-bench-alone").server();
        Migrations.run(DatabaseHosts.of(server));
        database = new Database(vertx, server);
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://%s:%d/%s".formatted(server.getHost(), server.getPort(), server.getDatabase()));
        config.setUsername(server.getUser());
        config.setPassword(server.getPassword());
        config.setMaximumPoolSize(32);
        jdbc = new HikariDataSource(config);
    }

    public static void main(String... arguments) throws Exception {
        var sizes = Arrays.stream(arguments).skip(1).map(Integer::valueOf).toList();
        var bench = new Promise(Path.of(arguments[0]));
        System.out.println("once to warm up, not to be read:");
        bench.all(1_000);
        System.out.println();
        System.out.println("| open call-backs | | at once, a second | lag p50, ms | p99 | max |");
        System.out.println("|---:|---|---:|---:|---:|---:|");
        // What is left of the pools and of Vert.x would keep a failed run alive.
        Thread.setDefaultUncaughtExceptionHandler((_, e) -> {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        for (var size : sizes) {
            bench.all(size);
        }
        System.exit(0);
    }

    private void all(int size) throws InterruptedException {
        ours(size);
        peer(size, "db-scheduler, fetch and lock on execute", it -> it.pollUsingFetchAndLockOnExecute(0.5, 3));
        peer(size, "db-scheduler, lock and fetch", it -> it.pollUsingLockAndFetch(0.5, 4));
    }

    // ---- ours ----

    private void ours(int size) throws InterruptedException {
        update("TRUNCATE callback, offer, attempt, step, event, responder CASCADE");
        // Far from due; nobody is on duty, so that a step is fired and nobody is called.
        enter(size, "interval '1 h' + i * interval '1 ms'");
        settle("callback");
        var nodes = List.of(node("a"), node("b"));
        try {
            enter(AT_ONCE, "interval '0'");
            var began = System.nanoTime();
            update("SELECT pg_notify('hotline_wake', '')");
            await(() -> count("step"), AT_ONCE);
            var perSecond = AT_ONCE / seconds(began);
            update("TRUNCATE step");
            var expected = A_SECOND * SECONDS;
            enter(expected, "interval '3 s' + i * interval '%d us'".formatted(1_000_000 / A_SECOND));
            update("SELECT pg_notify('hotline_wake', '')");
            await(() -> count("step"), expected);
            var lags = new ArrayList<Double>();
            database.run("SELECT extract(epoch FROM fired_at - stood_at)::float8 * 1000 AS lag FROM step")
                    .forEach(row -> lags.add(row.getDouble("lag")));
            tell(size, "steps", perSecond, lags);
        } finally {
            nodes.forEach(Node::close);
        }
        tell(size, "claims", claims(), List.of());
    }

    /** Call-backs whose first step stands so long from now. */
    private void enter(int count, String in) {
        update("""
                INSERT INTO callback (id, number_encrypted, number_fingerprint, language, message_ok, number_shown, confirmed,
                    requested_at, due_at, state, wake_at, round_begun, round_from, steps_until, together)
                SELECT id, '', uuid_send(id), 'en', false, false, true, at, at + interval '30 min', 'waiting', at, at, at,
                    at - interval '1 ms', false
                FROM (SELECT uuidv7() AS id, clock_timestamp() + %s AS at FROM generate_series(1, %d) AS i) AS new
                """.formatted(in, count));
    }

    private record Node(Database database, DispatchLoop dispatcher, Notifications notifications) {
        void close() {
            dispatcher.close();
            notifications.close();
            database.close();
        }
    }

    private Node node(String name) {
        var own = new Database(vertx, server);
        var numbers = new EpochVault(new KeyRatchet(KeyRatchet.begun(), _ -> {}));
        var dispatcher = new DispatchLoop(new Dispatcher(new PostgresLedger(own, numbers), () -> PLAN, name), new Silent());
        var notifications =
                new Notifications(vertx, DatabaseHosts.of(server), List.of("hotline_wake"), _ -> dispatcher.wake(), dispatcher::wake);
        notifications.start();
        dispatcher.start();
        return new Node(own, dispatcher, notifications);
    }

    /** Call-backs whose phones ring, claimed by as many people as press 1 together. */
    private double claims() throws InterruptedException {
        update("""
                INSERT INTO responder (id, name, phone, languages, role, on_duty)
                SELECT 'r' || i, 'R', 'browser', '{en}', 'responder', true FROM generate_series(1, %d) AS i
                """.formatted(CLAIMS));
        update("""
                INSERT INTO offer (id, callback_id, responder_id, node, called_in_as, offered_at, lease_until)
                SELECT uuidv7(), id, 'r' || row_number() OVER (), 'a', 'responder', now(), now() + interval '1 h'
                FROM (SELECT id FROM callback LIMIT %d) AS chosen
                """.formatted(CLAIMS));
        var offers = new ArrayList<UUID>();
        database.run("SELECT id FROM offer WHERE ended_at IS NULL").forEach(row -> offers.add(row.getUUID("id")));
        var numbers = new EpochVault(new KeyRatchet(KeyRatchet.begun(), _ -> {}));
        var desk = new Offers(new PostgresLedger(database, numbers), PLAN::ladder, RetryPlan.STANDARD);
        var began = System.nanoTime();
        try (var people = Executors.newFixedThreadPool(32)) {
            offers.forEach(it -> people.submit(() -> desk.take(it)));
        }
        var taken = StreamSupport.stream(
                        database.run("SELECT count(*) AS n FROM callback WHERE state = 'claimed'").spliterator(), false)
                .mapToLong(row -> row.getLong("n"))
                .sum();
        if (taken != CLAIMS) {
            throw new IllegalStateException("claimed " + taken + " of " + CLAIMS);
        }
        return CLAIMS / seconds(began);
    }


    // ---- the peer ----

    private void peer(int size, String name, Consumer<SchedulerBuilder> strategy) throws InterruptedException {
        update("DROP TABLE IF EXISTS scheduled_tasks");
        update("""
                CREATE TABLE scheduled_tasks (task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
                    execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text, last_success timestamptz,
                    last_failure timestamptz, consecutive_failures int, last_heartbeat timestamptz, version bigint NOT NULL,
                    priority smallint, PRIMARY KEY (task_name, task_instance))
                """);
        update("CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)");
        update("CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");
        schedule(size, "interval '1 h' + i * interval '1 ms'");
        settle("scheduled_tasks");
        var lags = new ConcurrentLinkedQueue<Double>();
        var done = new AtomicLong();
        var schedulers = List.of(scheduler("a", strategy, lags, done), scheduler("b", strategy, lags, done));
        schedule(AT_ONCE, "interval '0'");
        var began = System.nanoTime();
        schedulers.forEach(Scheduler::start);
        await(done::get, AT_ONCE);
        var perSecond = AT_ONCE / seconds(began);
        lags.clear();
        done.set(0);
        schedule(A_SECOND * SECONDS, "interval '3 s' + i * interval '%d us'".formatted(1_000_000 / A_SECOND));
        await(done::get, (long) A_SECOND * SECONDS);
        schedulers.forEach(Scheduler::stop);
        tell(size, name, perSecond, List.copyOf(lags));
    }

    private void schedule(int count, String in) {
        update("""
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                SELECT 'step', uuidv7()::text, clock_timestamp() + %s, false, 1 FROM generate_series(1, %d) AS i
                """.formatted(in, count));
    }

    private Scheduler scheduler(
            String name, Consumer<SchedulerBuilder> strategy, ConcurrentLinkedQueue<Double> lags, AtomicLong done) {
        var task = Tasks.oneTime("step").execute((_, context) -> {
            var late = Duration.between(context.getExecution().executionTime, Instant.now());
            lags.add(late.toNanos() / 1e6);
            done.incrementAndGet();
        });
        var builder = Scheduler.create(jdbc, task)
                .schedulerName(new SchedulerName.Fixed(name))
                .threads(16)
                .pollingInterval(Duration.ofMillis(100));
        strategy.accept(builder);
        return builder.build();
    }

    // ---- both ----

    private void update(String sql) {
        try (var connection = jdbc.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a table stands that filled up over a long time, and not a moment ago. */
    private void settle(String table) {
        update("VACUUM ANALYZE " + table);
        update("CHECKPOINT");
    }

    private long count(String table) {
        return database.run("SELECT count(*) AS n FROM " + table).iterator().next().getLong("n");
    }

    private static void await(LongSupplier reached, long goal) throws InterruptedException {
        for (var waited = 0; reached.getAsLong() < goal; waited++) {
            if (waited > 6_000) {
                throw new IllegalStateException("reached " + reached.getAsLong() + " of " + goal);
            }
            Thread.sleep(20);
        }
    }

    private static double seconds(long beganNanos) {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    private static void tell(int size, String what, double perSecond, List<Double> lags) {
        var sorted = lags.stream().sorted().toList();
        System.out.printf(
                "| %,d | %s | %,.0f | %s | %s | %s |%n",
                size, what, perSecond, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static String at(List<Double> sorted, double part) {
        return sorted.isEmpty()
                ? ""
                : "%.1f".formatted(sorted.get((int) Math.min(sorted.size() - 1L, Math.round(part * sorted.size()))));
    }
}
