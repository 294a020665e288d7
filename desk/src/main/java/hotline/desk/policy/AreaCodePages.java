package hotline.desk.policy;

import hotline.callback.AreaCodes;
import hotline.callback.AreaCodes.Addition;
import hotline.callback.staff.AreaCodeStore;
import hotline.callback.staff.AreaCodeStore.Change;
import hotline.desk.http.Answer;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import java.util.List;

/** New area codes, which this version of the hotline does not know yet: added for all nodes, and taken back. */
public final class AreaCodePages {

    private static final String PATH = "/policy/area-codes";
    private static final int LONGEST_REASON = 300;
    private static final int CHANGES_SHOWN = 10;

    private final AreaCodeStore store;

    public AreaCodePages(AreaCodeStore store) {
        this.store = store;
    }

    /**
     * @param added at the desk
     * @param shipped what this version knows beside the library of numbers
     */
    public record View(List<Change> added, List<Addition> shipped, List<Change> changes) {}

    public void mount(Pages pages) {
        pages.get(PATH, this::show);
        pages.post(PATH + "/add", this::add);
        pages.post(PATH + "/take-back", this::takeBack);
    }

    private Answer show(PageRequest visit) {
        return Answer.page(
                "Area codes",
                "area-codes.jte",
                new View(store.added(), AreaCodes.shipped(), store.changes(CHANGES_SHOWN)));
    }

    private Answer add(PageRequest visit) {
        var code = visit.field("code");
        store.add(code, visit.name(), reason(visit));
        return changed("Added: numbers that begin with " + code + " are called from now on, by all nodes.");
    }

    private Answer takeBack(PageRequest visit) {
        var code = visit.field("code");
        if (!store.takeBack(code, visit.name(), reason(visit))) {
            throw new Problem(409, "Somebody else has taken it back already.");
        }
        return changed("Taken back: numbers that begin with " + code + " are no longer called.");
    }

    private Answer changed(String words) {
        store.look();
        return Answer.go(PATH, words);
    }

    private static String reason(PageRequest visit) {
        var reason = visit.field("reason", "Say why in a few words: whoever reads the audit wants to know.");
        if (reason.length() > LONGEST_REASON) {
            throw new Problem(422, "Say why in at most " + LONGEST_REASON + " characters.");
        }
        return reason;
    }
}
