package hotline.desk.tips;

import static hotline.desk.access.Scope.COORDINATOR;

import hotline.base.audit.AuditStore;
import hotline.desk.http.Answer;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.tips.ChangeStore.Outcome;
import hotline.tips.TipCsv;
import hotline.tips.TipStore;
import hotline.tips.Vocabulary;
import java.util.List;

/** Tables of statuses, in and out. The browser reads the file and sends its text: no file of codes lies on our disk for a moment. */
public final class TipTablePages {

    /** Of a form, in which some characters take three. */
    private static final int LARGEST_TABLE = 2 * 1024 * 1024;

    private final TipStore tips;
    private final Vocabulary vocabulary;
    private final AuditStore audit;

    public TipTablePages(TipStore tips, Vocabulary vocabulary, AuditStore audit) {
        this.tips = tips;
        this.vocabulary = vocabulary;
        this.audit = audit;
    }

    /** @param choices by which an export is narrowed */
    public record View(List<TipPages.Choice> choices) {}

    public void mount(Pages pages) {
        pages.get(
                "/tips/table",
                _ -> Answer.page("Import and export", "tipstable.jte", new View(TipPages.choices(vocabulary))),
                COORDINATOR);
        pages.post("/tips/import", LARGEST_TABLE, this::read, COORDINATOR);
        pages.get("/tips/import", _ -> Answer.go("/tips/table", ""), COORDINATOR);
        // It is noted who exported them: a link from elsewhere may not do that.
        pages.post("/tips/export", this::export, COORDINATOR);
    }

    private Answer read(PageRequest visit) {
        var lines = TipCsv.read(table(visit), vocabulary);
        if (lines.isEmpty()) {
            throw new Problem(422, "there is no tip in this table: write one a line below the first line");
        }
        var outcomes = tips.set(lines, visit.name(), false);
        audit.note(visit.name(), "tips_imported", "tips", outcomes.size() + " lines");
        return Answer.go("/tips", told(outcomes));
    }

    /** As it was sent, so that lines are counted as its sender counts them. */
    private static String table(PageRequest visit) {
        var table = visit.secret("table");
        if (table.isBlank()) {
            throw new Problem(422, "paste the table, or choose its file");
        }
        return table;
    }

    private static String told(List<Outcome> outcomes) {
        var awaiting = outcomes.stream().filter(Outcome.AWAITS_ANOTHER::equals).count();
        return "Imported: " + (outcomes.size() - awaiting) + " set, " + awaiting + (awaiting == 1 ? " waits" : " wait")
                + " for a second person.";
    }

    private Answer export(PageRequest visit) {
        var status = visit.field("status");
        if (!status.isEmpty() && vocabulary.known(status).isEmpty()) {
            throw new Problem(422, "choose the status from the list");
        }
        var exported = tips.export(status);
        audit.note(visit.name(), "tips_exported", "tips", exported.size() + " lines");
        return Answer.table("tips.csv", TipCsv.rows(exported));
    }
}
