package hotline.desk.http;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How times are told on pages.
 *
 * @param zone the hotline's
 */
public record Times(ZoneId zone, Instant now) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("h:mm a", Locale.US);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE MMM d", Locale.US);

    /** {@code 3:42 PM}. */
    public String clock(Instant at) {
        return CLOCK.format(at.atZone(zone));
    }

    /** {@code Tue Nov 24}. */
    public String day(Instant at) {
        return DAY.format(at.atZone(zone));
    }

    /** The clock time, with the day where it is not today. */
    public String moment(Instant at) {
        var today = at.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
        return today ? clock(at) : day(at) + ", " + clock(at);
    }
}
