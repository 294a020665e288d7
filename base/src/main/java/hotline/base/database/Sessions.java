package hotline.base.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Whether each connection to the database has a session of its own. Behind a pooler that lends one for a transaction at a time,
 * what nodes tell each other by {@code NOTIFY} is lost, and what is set for a session holds for somebody else.
 */
public final class Sessions {

    private static final String BACKEND = "SELECT pg_backend_pid()";

    /** A pooler that lends in turn may give the same one back by chance. */
    private static final int LOOKS = 8;

    private Sessions() {}

    /** Sessions are shared: the message says what to set. */
    public static final class Shared extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Shared() {
            super(
                    "HOTLINE_DATABASE leads to a pooler that lends its connections for one transaction at a time, so that nodes do"
                            + " not hear each other: set pool_mode = session for this database (PgBouncer), or name the database"
                            + " itself");
        }
    }

    /**
     * @throws Shared when they are
     * @throws SQLException when the database cannot be asked
     */
    static void mustBeOwn(DatabaseHosts hosts) throws SQLException {
        try (var one = connect(hosts);
                var other = connect(hosts)) {
            other.setAutoCommit(false);
            for (var look = 0; look < LOOKS; look++) {
                var before = backend(one);
                var others = backend(other);
                var after = backend(one);
                other.rollback();
                if (before == others || before != after) {
                    throw new Shared();
                }
            }
        }
    }

    private static Connection connect(DatabaseHosts hosts) throws SQLException {
        var any = hosts.all().getFirst();
        return DriverManager.getConnection(hosts.jdbcUrl(), any.getUser(), any.getPassword());
    }

    private static int backend(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(BACKEND)) {
            row.next();
            return row.getInt(1);
        }
    }
}
