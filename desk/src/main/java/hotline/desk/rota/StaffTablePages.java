package hotline.desk.rota;

import hotline.base.Csv;
import hotline.callback.staff.StaffStore;
import hotline.desk.access.Scope;
import hotline.desk.http.Answer;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;

/** The staff as a table, in and out. */
final class StaffTablePages {

    private static final int LARGEST_TABLE = 1 << 20;

    private final StaffStore staff;

    StaffTablePages(StaffStore staff) {
        this.staff = staff;
    }

    void mount(Pages pages) {
        pages.get("/staff/table", _ -> Answer.table("staff.csv", StaffTable.rows(staff.all())), Scope.SUPERVISOR);
        pages.upload("/staff/table", LARGEST_TABLE, this::read, Scope.SUPERVISOR);
    }

    private Answer read(PageRequest visit) {
        var table = Csv.text(visit.upload().getBytes());
        var people = staff.saveAll(visit.name(), known -> StaffTable.read(table, known));
        return Answer.go("/staff", people + (people == 1 ? " person is" : " people are") + " saved");
    }
}
