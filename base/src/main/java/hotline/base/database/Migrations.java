package hotline.base.database;

import org.flywaydb.core.Flyway;

/** Brings the schema up to date: numbered migrations, never edited once they have run anywhere. */
public final class Migrations {

    private Migrations() {}

    /** @throws org.flywaydb.core.api.FlywayException when the schema cannot be brought up to date */
    public static void run(DatabaseHosts hosts) {
        var any = hosts.all().getFirst();
        Flyway.configure()
                .dataSource(hosts.jdbcUrl(), any.getUser(), any.getPassword())
                .locations("classpath:db/migration")
                .connectRetries(10)
                .load()
                .migrate();
    }
}
