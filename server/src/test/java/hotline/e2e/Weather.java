package hotline.e2e;

import hotline.callback.ledger.Standby;
import hotline.testkit.network.Hotline;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;

/** What happens to nodes and databases, and how often it did. */
final class Weather {

    private static final Duration FAULT_EVERY = Duration.ofSeconds(8);

    private final Standby postgres;
    private final List<Hotline> nodes;
    private final Random random;
    private final ConcurrentMap<String, Integer> happened;
    private boolean primaryLost;
    private boolean failedOver;

    Weather(Standby postgres, List<Hotline> nodes, Random random, ConcurrentMap<String, Integer> happened) {
        this.postgres = postgres;
        this.nodes = nodes;
        this.random = random;
        this.happened = happened;
    }

    /** @return whether the standby was promoted */
    boolean storms(Duration time) {
        var end = Deadline.in(time);
        var middle = Deadline.in(time.dividedBy(2));
        while (!end.isOver()) {
            LockSupport.parkNanos(FAULT_EVERY.toNanos());
            var node = nodes.get(random.nextInt(nodes.size()));
            try {
                if (middle.isOver() && !failedOver) {
                    did("primary lost, standby promoted", this::failOver);
                    continue;
                }
                switch (random.nextInt(12)) {
                    case 0, 1, 2, 3 -> did("server killed", node::killServer);
                    case 4, 5, 6 -> did("Asterisk killed", node::killAsterisk);
                    case 7, 8 -> databaseFault();
                    default ->
                        did("server held still for 10 s", () -> {
                            node.pauseServer();
                            LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
                            node.resumeServer();
                        });
                }
            } catch (IOException | SQLException | RuntimeException e) {
                // What was to be killed is just being started.
            }
        }
        return failedOver;
    }

    /** What is done to one of its processes or machines. */
    private interface Fault {
        void happens() throws IOException, SQLException;
    }

    private void did(String what, Fault fault) throws IOException, SQLException {
        fault.happens();
        happened.merge(what, 1, Integer::sum);
    }

    /** The promoted standby runs without a standby of its own, and is spared. */
    private void databaseFault() throws IOException, SQLException {
        if (primaryLost) {
            return;
        }
        if (random.nextBoolean()) {
            did("database killed", () -> {
                postgres.kill();
                LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                postgres.startAgain();
            });
        } else {
            did("database held still for 5 s", () -> {
                postgres.pause();
                LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
                postgres.resume();
            });
        }
    }

    private void failOver() throws IOException, SQLException {
        if (!primaryLost) {
            postgres.kill();
            primaryLost = true;
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
        }
        postgres.promote();
        failedOver = true;
    }
}
