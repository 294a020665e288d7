package hotline.callback.store;

import io.vertx.pgclient.PgConnectOptions;
import org.flywaydb.core.Flyway;

/** Brings the schema up to date: numbered migrations, never edited once they have run anywhere. */
public final class Migrations {

    private Migrations() {}

    /** @throws org.flywaydb.core.api.FlywayException when the schema cannot be brought up to date */
    public static void run(PgConnectOptions server) {
        var url = "jdbc:postgresql://%s:%d/%s".formatted(server.getHost(), server.getPort(), server.getDatabase());
        Flyway.configure()
                .dataSource(url, server.getUser(), server.getPassword())
                .locations("classpath:db/migration")
                .connectRetries(10)
                .load()
                .migrate();
    }
}
