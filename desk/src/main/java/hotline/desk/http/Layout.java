package hotline.desk.http;

import gg.jte.Content;
import hotline.desk.access.Session;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * What stands around every page, and what its forms need.
 *
 * @param path of the page that is open
 * @param told what was just done
 * @param now by the server's clock, from which the browser counts down
 */
public record Layout(
        String title, String path, List<Menu.Shown> groups, Session session, String told, ZoneId zone, Instant now) {

    public String csrf() {
        return session.csrf();
    }

    /** {@code 3:42 PM}, in the hotline's zone. */
    public String clock(Instant at) {
        return times().clock(at);
    }

    /** {@code Tue Nov 24}, in the hotline's zone. */
    public String day(Instant at) {
        return times().day(at);
    }

    /** The clock time, with the day where it is not today. */
    public String moment(Instant at) {
        return times().moment(at);
    }

    private Times times() {
        return new Times(zone, now);
    }

    /** What a form that is sent in the old way carries. */
    public Content token() {
        return output -> {
            output.writeContent("<input type=\"hidden\" name=\"csrf\" value=\"");
            output.writeContent(csrf());
            output.writeContent("\">");
        };
    }
}
