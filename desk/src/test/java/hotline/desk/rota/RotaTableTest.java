package hotline.desk.rota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.Csv;
import hotline.base.Csv.Unreadable;
import hotline.callback.staff.Shifts.Weekly;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A weekly rota as spreadsheets save it. */
final class RotaTableTest {

    private static final Weekly MONDAY_NIGHT = new Weekly(DayOfWeek.MONDAY, LocalTime.of(22, 0), LocalTime.of(6, 0));

    private static List<String> refused(String table) {
        return assertThrows(Unreadable.class, () -> RotaTable.read(table)).lines();
    }

    @Test
    void every_wrong_line_is_told_with_what_to_write() {
        var wrong = refused("""
                id,day,from,to
                maria,mon,22:00,06:00
                paul,someday,6:00,14:00

                paul,tue,ten,14:00
                paul,tue,22:00
                Maria,Monday,10 PM,6:00
                """);
        assertEquals(
                List.of(
                        "line 3: day: write mon, tue, wed, thu, fri, sat or sun",
                        "line 5: from: write a time such as 22:00; midnight is 00:00",
                        "line 6: write id,day,from,to, such as maria,mon,22:00,06:00",
                        "line 7: this shift stands above already"),
                wrong);
    }

    @Test
    void everybody_who_is_not_there_is_told() {
        var rota = RotaTable.read("maria,mon,22:00,06:00\neve,mon,6:00,9:00\neve,tue,6:00,9:00\nzoe,mon,6:00,9:00");
        var refused = assertThrows(Unreadable.class, () -> rota.refuse(Set.of("zoe", "eve")));
        assertEquals(
                List.of(
                        "line 2: nobody has the id 'eve': add them to the staff first",
                        "line 4: nobody has the id 'zoe': add them to the staff first"),
                refused.lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id,day,from,to", "ID;Day;From;To;;\n;;;;"})
    void a_table_without_a_shift_is_refused(String table) {
        assertTrue(refused(table).getFirst().startsWith("line 1: write a shift a line"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"24:00", "25:00", "13:00 PM", "0.9166667", "22:00:30", "2200", "10:00 XM"})
    void a_time_that_is_none_is_refused(String time) {
        assertTrue(refused("maria,mon," + time + ",6:00").getFirst().startsWith("line 1: from: write a time"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"m", "mo", "mondays", "tu", "lunes", "1", "Mon day"})
    void a_day_that_is_none_is_refused(String day) {
        assertTrue(refused("maria," + day + ",22:00,6:00").getFirst().startsWith("line 1: day: write mon"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFid,day,from,to\r\nmaria,mon,22:00,06:00\r\n",
                "ID,Day,From,To,,\r\nMaria,Mon,22:00,6:00,,\r\n,,,,,\r\n",
                "\"id\";\"day\";\"from\";\"to\"\r\"maria\";\"MONDAY\";\"22:00:00\";\"06:00:00\"\r",
                "maria\tmonday\t10:00 PM\t6:00 AM",
                "\r\nID,DAY,FROM,TO\r\nmaria,Mon.,10:00:00\u202Fpm,6 am\r\n",
            })
    void a_table_may_have_been_through_any_spreadsheet(String table) {
        assertEquals(
                Map.of("maria", List.of(MONDAY_NIGHT)), RotaTable.read(table).weekly());
    }

    @ParameterizedTest
    @CsvSource({"Tues,TUESDAY", "wed,WEDNESDAY", "Thurs,THURSDAY", "FRI,FRIDAY", "Sat,SATURDAY", "sunday,SUNDAY"})
    void a_day_is_read_short_or_long(String word, DayOfWeek day) {
        var weekly = RotaTable.read("maria," + word + ",22:00,6:00").weekly();
        assertEquals(Map.of("maria", List.of(new Weekly(day, LocalTime.of(22, 0), LocalTime.of(6, 0)))), weekly);
    }

    @Test
    void what_is_written_is_read_again() {
        var weekly = Map.of("maria", List.of(MONDAY_NIGHT));
        assertEquals(
                weekly,
                RotaTable.read(Csv.text(Csv.file(RotaTable.rows(weekly)))).weekly());
    }
}
