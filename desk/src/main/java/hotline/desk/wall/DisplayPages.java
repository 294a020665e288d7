package hotline.desk.wall;

import hotline.desk.access.DisplayStore;
import hotline.desk.access.DisplayStore.Display;
import hotline.desk.access.Scope;
import hotline.desk.http.Answer;
import hotline.desk.http.Cookies;
import hotline.desk.http.Displays;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** The wallboard, on a supervisor's screen and on displays, which a supervisor adds and takes away. */
public final class DisplayPages {

    private static final String LIST = "/displays";
    private static final Duration ON_NOW = Duration.ofMinutes(3);

    private final WallPages wall;
    private final DisplayStore displays;
    private final ZoneId zone;

    public DisplayPages(WallPages wall, DisplayStore displays, ZoneId zone) {
        this.wall = wall;
        this.displays = displays;
        this.zone = zone;
    }

    public record View(List<Display> displays) {

        /** Whether it has asked for what it shows a moment ago. */
        public boolean isOn(Display display, Instant now) {
            return display.seenAt()
                    .filter(seen -> seen.plus(ON_NOW).isAfter(now))
                    .isPresent();
        }
    }

    /** A code, told once, and where it is typed. */
    public record Given(String name, String address, String code) {}

    /** Before the wall, whose pages of one call-back would take the board's address. */
    public void mount(Pages pages, Displays shown) {
        pages.get("/wall/board", _ -> Answer.part("wall-board.jte", board()), Scope.SUPERVISOR);
        pages.get("/wall/board/part", _ -> Answer.part("wall-board-part.jte", board()), Scope.SUPERVISOR);
        pages.get(LIST, _ -> Answer.page("Displays", "displays.jte", new View(displays.all())), Scope.SUPERVISOR);
        pages.post(LIST + "/add", this::add, Scope.SUPERVISOR);
        pages.post(LIST + "/take-away", this::takeAway, Scope.SUPERVISOR);
        shown.show("/display", "display.jte", "wall-board-part.jte", this::board);
    }

    private Board board() {
        return Board.of(wall.wall(), zone);
    }

    private Answer add(PageRequest visit) {
        var name = visit.field("name");
        var request = visit.request();
        var address = (Cookies.secure(request) ? "https://" : "http://")
                + request.request().authority() + "/display";
        return Answer.page(
                "Code for a display", "display-given.jte", new Given(name, address, displays.add(visit.name(), name)));
    }

    private Answer takeAway(PageRequest visit) {
        return displays.takeAway(visit.name(), id(visit.field("display")))
                .map(name -> Answer.go(LIST, "The display “" + name + "” shows nothing any more"))
                .orElseThrow(DisplayPages::unknown);
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return new Problem(404, "there is no such display: look at the list again");
    }
}
