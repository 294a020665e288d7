package hotline.desk.policy;

import hotline.callback.staff.InterpreterStore;
import hotline.callback.staff.InterpreterStore.Change;
import hotline.desk.http.Answer;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The numbers of interpreters, whom staff bring into a talk by {@code *1}. */
public final class InterpreterPages {

    private static final String PATH = "/policy/interpreters";
    private static final int LONGEST_REASON = 300;
    private static final int CHANGES_SHOWN = 10;
    private static final Map<String, String> LANGUAGES =
            Map.of("es", "Spanish", InterpreterStore.OTHER, "Other languages");

    private final InterpreterStore store;

    public InterpreterPages(InterpreterStore store) {
        this.store = store;
    }

    public record View(List<Row> numbers, List<Change> changes) {}

    /** @param number as people write it; empty where none is set */
    public record Row(String language, String name, String number) {}

    public void mount(Pages pages) {
        pages.get(PATH, this::show);
        pages.post(PATH, this::set);
    }

    private Answer show(PageRequest visit) {
        var numbers = store.numbers();
        var shown = Stream.of("es", InterpreterStore.OTHER)
                .map(language -> new Row(language, name(language), written(numbers.getOrDefault(language, ""))))
                .toList();
        return Answer.page("Interpreters", "interpreters.jte", new View(shown, store.changes(CHANGES_SHOWN)));
    }

    /** A language, as it is called on the page. */
    public static String name(String language) {
        return LANGUAGES.getOrDefault(language, language);
    }

    /** 617-555-0123; an empty text stays one. */
    public static String written(String digits) {
        return digits.replaceFirst("(...)(...)(....)", "$1-$2-$3");
    }

    private Answer set(PageRequest visit) {
        var language = visit.field("language");
        if (!LANGUAGES.containsKey(language)) {
            throw new Problem(422, "Choose one of the languages on this page.");
        }
        var reason = visit.field("reason", "Say why in a few words: whoever reads the audit wants to know.");
        if (reason.length() > LONGEST_REASON) {
            throw new Problem(422, "Say why in at most " + LONGEST_REASON + " characters.");
        }
        store.set(language, visit.field("number"), visit.name(), reason);
        return Answer.go(PATH, "Saved. From the next star 1 on, this number is called.");
    }
}
