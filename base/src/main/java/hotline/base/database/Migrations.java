package hotline.base.database;

import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Brings the schema up to date: numbered migrations, never edited once they were released. */
public final class Migrations {

    private Migrations() {}

    /** The tables are neither of this release nor of one before it: the message says what to do. */
    public static final class OtherTables extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OtherTables(FlywayValidateException cause) {
            super(
                    "the tables of this database were made by another release, and this one cannot bring them up to date: go"
                            + " back to that release, or start with an empty database: another HOTLINE_HOME, or another"
                            + " HOTLINE_DATABASE",
                    cause);
        }
    }

    /**
     * @throws OtherTables when they were made in another way than ours
     * @throws Sessions.Shared when a pooler stands before the database that does not keep a session for each connection
     * @throws org.flywaydb.core.api.FlywayException when the schema cannot be brought up to date
     */
    public static void run(DatabaseHosts hosts) {
        var any = hosts.all().getFirst();
        var flyway = Flyway.configure()
                .dataSource(hosts.jdbcUrl(), any.getUser(), any.getPassword())
                .locations("classpath:db/schema")
                .connectRetries(10)
                .load();
        try {
            // Flyway waits for a database that does not answer yet; its own statements need a session, too.
            flyway.info();
            Sessions.mustBeOwn(hosts);
            flyway.migrate();
        } catch (SQLException e) {
            throw new IllegalStateException("the database cannot be asked: " + e.getMessage(), e);
        } catch (FlywayValidateException e) {
            throw new OtherTables(e);
        }
    }
}
