package hotline.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.database.Database;
import hotline.base.database.EmbeddedDatabase;
import hotline.testkit.network.Hotline;
import hotline.testkit.network.Settings;
import hotline.testkit.network.TelephoneNetwork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/** Two nodes, each with its Asterisk and its own line to one PostgreSQL, whose rows a test reads past both. */
final class TwoNodes implements AutoCloseable {

    static final Duration PROMISE = Duration.ofMinutes(5);

    private static final Duration SOON = Duration.ofSeconds(30);

    /** All that a call-back has left behind. */
    private static final String ROWS = """
            SELECT 'callback ' || c::text AS row FROM callback c WHERE id = ANY ($1)
            UNION ALL SELECT 'offer ' || o::text FROM offer o WHERE callback_id = ANY ($1)
            UNION ALL SELECT 'attempt ' || a::text FROM attempt a WHERE callback_id = ANY ($1)
            UNION ALL SELECT 'step ' || r::text FROM step r WHERE callback_id = ANY ($1) ORDER BY 1
            """;

    private final Vertx vertx = Vertx.vertx();
    private final TelephoneNetwork network = TelephoneNetwork.start();
    private final EmbeddedDatabase postgres;
    private final Database database;
    private final Node one;
    private final Node two;

    TwoNodes(Path folder) {
        this(folder, settings -> settings, settings -> settings);
    }

    /**
     * @param first what is special about the one node
     * @param second what is special about the other, to which callers come until one asks elsewhere
     */
    TwoNodes(Path folder, UnaryOperator<Settings> first, UnaryOperator<Settings> second) {
        postgres = EmbeddedDatabase.start(folder.resolve("database"), "for-tests-only");
        database = new Database(vertx, postgres.server());
        one = node(folder.resolve("one"), first);
        two = node(folder.resolve("two"), second);
        for (var sample : List.of("rosa", "sam")) {
            one.desk().staff(sample, "browser", "responder", false);
        }
    }

    /** A node, and the line over which it reaches the database. */
    record Node(Hotline hotline, DatabaseLine line) {
        Desk desk() {
            return new Desk(hotline);
        }

        void awaitReady() {
            var end = Deadline.in(SOON.plus(SOON));
            while (!hotline.isReady()) {
                assertTrue(!end.isOver(), "a node does not come back");
                Desk.pause();
            }
        }
    }

    private Node node(Path home, UnaryOperator<Settings> special) {
        var server = postgres.server();
        var line = new DatabaseLine(server.getHost(), server.getPort());
        var settings = Hotline.in(home)
                .with(
                        "HOTLINE_DATABASE",
                        "postgresql://%s:%s@%s/%s"
                                .formatted(
                                        server.getUser(), server.getPassword(), line.address(), server.getDatabase()))
                .with("HOTLINE_PROMISE", PROMISE.toString())
                .with(
                        "HOTLINE_LADDER",
                        "PT0S first, PT30S next, PT60S all, PT90S supervisor, PT3M at_risk every PT30S");
        return new Node(special.apply(settings).starts(network), line);
    }

    TelephoneNetwork network() {
        return network;
    }

    Database database() {
        return database;
    }

    Node one() {
        return one;
    }

    Node two() {
        return two;
    }

    Node otherThan(Node node) {
        return node.equals(one) ? two : one;
    }

    /** The node whose Asterisk rings or talks with staff for a call-back at this moment. */
    Node whoHasAnOffer() {
        var name = database.run("SELECT node FROM offer WHERE ended_at IS NULL")
                .iterator()
                .next()
                .getString("node");
        return name.equals(name(one)) ? one : two;
    }

    private static String name(Node node) {
        try {
            return Files.readString(node.hotline().home().resolve("secrets/node"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on callers come in here. */
    TelephoneNetwork callersComeTo(Node node) {
        network.serves(
                node.hotline().setting("HOTLINE_SIP"), node.hotline().home().resolve("sounds"));
        return network;
    }

    /** A responder who takes what is offered, and talks with the caller. */
    void takesAndTalks(String phone) {
        network.phone(phone)
                .answers()
                .waitsFor("press-1-to-take-it")
                .presses("1")
                .waitsForTone(900)
                .says(500, Duration.ofSeconds(3))
                .waitsFor("disposition-menu")
                .presses("1")
                .waitsFor("staff-goodbye");
    }

    /** A caller who answers, and hangs up once somebody spoke. */
    void isAtHome(String caller) {
        network.phone(caller)
                .answers()
                .says(900, Duration.ofSeconds(4))
                .waitsForTone(500)
                .hangsUp();
    }

    /** @param which a table, and which of its rows */
    long count(String which) {
        return database.run("SELECT count(*) AS n FROM " + which)
                .iterator()
                .next()
                .getLong("n");
    }

    void awaits(long count, String which, Duration atMost) {
        var end = Deadline.in(atMost);
        while (count(which) != count) {
            assertTrue(!end.isOver(), () -> count(which) + " of " + which + " after " + atMost);
            Desk.pause();
        }
    }

    /** The call-backs, the oldest request first. */
    List<UUID> callbacks() {
        return StreamSupport.stream(
                        database.run("SELECT id FROM callback ORDER BY requested_at")
                                .spliterator(),
                        false)
                .map(row -> row.getUUID("id"))
                .toList();
    }

    /** Every row of these but their histories, to be compared. */
    List<String> rows(List<UUID> callbacks) {
        return StreamSupport.stream(
                        database.run(ROWS, (Object) callbacks.toArray(UUID[]::new))
                                .spliterator(),
                        false)
                .map(row -> row.getString("row"))
                .toList();
    }

    OffsetDateTime time(String column, UUID callback) {
        return database.run("SELECT * FROM callback WHERE id = $1", callback)
                .iterator()
                .next()
                .getOffsetDateTime(column);
    }

    @Override
    public void close() {
        // A test that failed may have left them so.
        for (var node : List.of(one, two)) {
            node.hotline().wake();
            node.line().mend();
        }
        // In this order, and the last of them too where an earlier one does not end.
        try (postgres;
                database;
                var _ = two.line();
                var _ = one.line();
                network;
                var _ = two.hotline()) {
            one.hotline().close();
        }
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
