package hotline.desk.rota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.base.Csv;
import hotline.base.Csv.Unreadable;
import hotline.callback.Role;
import hotline.callback.staff.Responder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The staff as spreadsheets save it. */
final class StaffTableTest {

    private static final String HEADER = "id,name,phone,languages,role,on_duty\n";
    private static final Responder MARIA =
            new Responder("maria", "María Núñez", "6175550142", List.of("en", "es"), Role.RESPONDER, true);
    private static final Responder PAUL =
            new Responder("paul", "Paul", "browser", List.of("en"), Role.SUPERVISOR, false);
    private static final Map<String, Responder> KNOWN = Map.of("maria", MARIA, "paul", PAUL);

    private static List<String> refused(String table) {
        return assertThrows(Unreadable.class, () -> StaffTable.read(table, KNOWN))
                .lines();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zoe,Zoe,6.17555E+09,en,responder,true         | phone: a spreadsheet has made a number of it",
                "zoe,Zoe,617555014,en,responder,true           | phone: write a ten-digit number",
                "zoe,Zoe,,en,responder,true                    | phone: write a ten-digit number",
                "zoe,Zoe,•••-•••-0142,en,responder,true        | phone: write a ten-digit number",
                "maria,Maria,•••-•••-0143,en,responder,true    | phone: write a ten-digit number",
                "zoe,Zoe,617-555-0142,English,responder,true   | languages: write their short names",
                "zoe,Zoe,617-555-0142,,responder,true          | languages: write their short names",
                "zoe,Zoe,617-555-0142,en,boss,true             | role: write responder, officer",
                "zoe,Zoe,617-555-0142,en,responder,perhaps     | on_duty: write true or false",
                "zoe,,617-555-0142,en,responder,true           | name: write a name",
                "zoe m,Zoe,617-555-0142,en,responder,true    | id: write up to 64",
                "zoe,Zoe,617-555-0142,en,responder,true,nights | and nothing behind them",
            })
    void a_line_that_cannot_be_is_told_with_what_to_write(String line, String advice) {
        var told = refused(HEADER + line).getFirst();
        assertTrue(told.startsWith("line 2: ") && told.contains(advice), told);
        assertFalse(told.contains("555"), "a phone is not repeated");
    }

    @Test
    void every_wrong_line_is_told_and_nobody_stands_there_twice() {
        var wrong = refused(HEADER + "zoe,Zoe,617-555-0142,en,boss,true\n\nann,Ann,1,en,officer,true\n"
                + "maria,,,en,officer,true\nMaria,Maria,,en,officer,true\n");
        assertEquals(
                List.of("line 2", "line 4", "line 5", "line 6"),
                wrong.stream().map(line -> line.substring(0, 6)).toList());
        assertEquals("line 6: this person stands above already", wrong.getLast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", HEADER, "zoe,Zoe,617-555-0142,en,responder,true", "name,id\nZoe,zoe"})
    void without_its_header_and_a_person_it_is_not_read(String table) {
        assertTrue(refused(table).getFirst().startsWith("line 1: write 'id,name,phone"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFid,name,phone,languages,role,on_duty\r\nzoe,José Ñ,617-555-0144,en es,officer,true\r\n",
                "ID;Name;Phone;Languages;Role;On_Duty;;\rZoe;José Ñ;(617) 555-0144;EN, es;Officer;TRUE;;\r;;;;;;;\r",
                "id\tname\tphone\tlanguages\trole\ton_duty\n\"zoe\"\t José Ñ \t6175550144\ten/es\tOFFICER\tYes\n",
                "id,name,phone,languages,role,on_duty\nzoe,José Ñ,\u202D+1 617 555 0144\u202C,\"en,es\",officer,on",
            })
    void a_table_may_have_been_through_any_spreadsheet(String table) {
        assertEquals(
                List.of(new Responder("zoe", "José Ñ", "6175550144", List.of("en", "es"), Role.OFFICER, true)),
                StaffTable.read(table, KNOWN));
    }

    @Test
    void what_was_written_changes_nothing_when_it_is_read_again_and_tells_no_number() {
        var file = Csv.file(StaffTable.rows(List.of(MARIA, PAUL)));
        assertTrue(Csv.text(file).contains("maria,María Núñez,•••-•••-0142,en es,responder,true\r\n"));
        assertEquals(List.of(MARIA, PAUL), StaffTable.read(Csv.text(file), KNOWN));
    }

    @Test
    void what_is_left_empty_stays_where_it_may() {
        assertEquals(List.of(MARIA), StaffTable.read(HEADER + "maria,María Núñez,,en es,responder,", KNOWN));
        assertFalse(StaffTable.read(HEADER + "zoe,Zoe,browser,en,responder", KNOWN)
                .getFirst()
                .onDuty());
    }
}
