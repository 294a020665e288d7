package hotline.desk.http;

import hotline.base.Csv;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What a page's handler answers. */
public sealed interface Answer {

    /**
     * A whole page.
     *
     * @param title without the hotline's name
     * @param template below {@code src/main/jte}; what it shows is its {@code view}
     */
    record Page(String title, String template, Object view) implements Answer {}

    /** A part of a page that is open. */
    record Part(String template, Object view) implements Answer {}

    /**
     * It is done: go and look there.
     *
     * @param told said on top of that page; may be empty
     */
    record Redirect(String path, String told) implements Answer {}

    /**
     * Something to keep, or to play.
     *
     * @param name under which a browser keeps it; empty to show it in place
     */
    record File(String name, String type, Buffer content) implements Answer {}

    static Answer page(String title, String template, Object view) {
        return new Page(title, template, view);
    }

    static Answer part(String template, Object view) {
        return new Part(template, view);
    }

    static Answer go(String path, String told) {
        return new Redirect(path, told);
    }

    /** A table for a spreadsheet. */
    static Answer table(String name, List<List<String>> rows) {
        return new File(name, "text/csv; charset=utf-8", Buffer.buffer(Csv.file(rows)));
    }
}
