package hotline.base.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hotline.base.DatabaseUnavailable;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "database.invalid"})
    void what_anybody_may_ask_tells_neither_where_the_database_is_nor_who_we_are_there(String nowhere) {
        var vertx = Vertx.vertx();
        try (var gone = new Database(
                vertx,
                new PgConnectOptions()
                        .setHost(nowhere)
                        .setPort(9)
                        .setDatabase("hotline")
                        .setUser("ivr")
                        .setPassword("word"))) {
            assertEquals(Optional.of("it does not serve us: see log/hotline.log"), gone.problem());
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void a_connection_that_answers_read_only_is_thrown_away_at_once() {
        try (var running = new TestDatabase()) {
            var ours = running.database;
            TestDatabase.await("a statement is refused on a connection that only reads", () -> {
                try {
                    ours.run("SET default_transaction_read_only = on");
                    ours.run("CREATE TABLE IF NOT EXISTS written_to (id int)");
                    return false;
                } catch (DatabaseUnavailable e) {
                    return true;
                }
            });
            ours.run("CREATE TABLE IF NOT EXISTS written_to (id int)");
            assertThrows(
                    DatabaseUnavailable.class,
                    () -> ours.transaction(tx -> {
                        tx.run("SET TRANSACTION READ ONLY");
                        return tx.run("DROP TABLE written_to");
                    }));
            ours.transaction(tx -> tx.run("DROP TABLE written_to"));
        }
    }
}
