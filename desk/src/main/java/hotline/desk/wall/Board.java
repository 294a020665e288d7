package hotline.desk.wall;

import hotline.callback.ledger.WallStore.Now;
import hotline.callback.report.Figures;
import hotline.desk.http.Times;
import hotline.desk.wall.WallPages.Wall;
import java.time.ZoneId;

/**
 * What a wallboard shows: counts, and nothing that is of one person or leads to one. Whoever passes the screen may read it.
 *
 * @param free how many of the staff on duty are, as {@code busy} are not
 * @param gap from when on nobody is on duty; may be empty
 */
public record Board(WallBand band, Now now, Figures today, long free, long busy, String gap, String asOf) {

    static Board of(Wall wall, ZoneId zone) {
        var now = wall.now();
        var times = new Times(zone, now.at());
        var gap = wall.rota().gaps().stream()
                .findFirst()
                .map(first -> first.from().isAfter(now.at()) ? "from " + times.moment(first.from()) : "now")
                .orElse("");
        return new Board(wall.band(), now, wall.today(), wall.free(), wall.busy(), gap, times.clock(now.at()));
    }
}
