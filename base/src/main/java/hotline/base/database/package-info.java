/** The database: one that is embedded or several hosts, its failover, clock, migrations and notifications. */
@NullMarked
package hotline.base.database;

import org.jspecify.annotations.NullMarked;
