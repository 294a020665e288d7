package hotline.base.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.database.Migrations.OtherTables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a release does with tables that are there already. On a real database. */
final class MigrationsTest {

    private final TestDatabase running = new TestDatabase();

    @AfterEach
    void ends() {
        running.close();
    }

    private int migrations() {
        return running.database.run("SELECT 1 FROM flyway_schema_history").size();
    }

    @Test
    void tables_that_are_up_to_date_stay_as_they_are() {
        var before = migrations();
        Migrations.run(running.hosts());
        assertEquals(before, migrations());
    }

    @Test
    void tables_that_another_release_made_in_another_way_are_refused_with_what_to_do() {
        running.database.run(
                "UPDATE flyway_schema_history SET checksum = 1, description = 'callbacks'" + " WHERE version = '1'");
        var refused = assertThrows(OtherTables.class, () -> Migrations.run(running.hosts()));
        var words = String.valueOf(refused.getMessage());
        assertTrue(words.contains("another release") && words.contains("HOTLINE_HOME"), words);
        assertEquals(1, words.lines().count());
    }

    @Test
    void the_audit_and_the_due_time_are_guarded_from_the_first_start_on() {
        var enabled = running.database.run("""
                SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O' AND tgname IN
                    ('audit_is_append_only', 'audit_is_not_emptied', 'audit_is_chained', 'due_time_never_changes')
                """);
        assertEquals(4, enabled.size());
    }
}
