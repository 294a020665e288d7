package hotline.callback.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Optional;
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
}
