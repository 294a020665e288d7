package hotline.desk.wall;

import hotline.callback.Callback.Closed;
import hotline.callback.ledger.CallbackViews.View;
import hotline.callback.ledger.WallStore.Doing;
import hotline.desk.http.Api;
import hotline.desk.http.Words;
import hotline.desk.wall.TimePicture.Mark;
import java.time.Instant;

/** How the wall says how a promise stands, and what somebody does. */
public final class WallWords {

    private WallWords() {}

    /** A shape and a word: a colour alone says nothing to some. */
    public static String standing(View view) {
        return switch (view.standing()) {
            case ON_TIME -> "● On time";
            case AT_RISK -> "▲ At risk";
            case BROKEN -> "■ Promise broken";
            case KEPT -> "✓ Promise kept";
        };
    }

    public static String standingClass(View view) {
        return Api.word(view.standing()).replace('_', '-');
    }

    public static String state(View view) {
        return switch (view.state()) {
            case "waiting" -> "Nobody has it";
            case "claimed" -> "Somebody has taken it";
            case "dialing" -> "The caller is being called";
            case "needs_decision" -> "Needs a decision";
            default -> "Closed";
        };
    }

    /** How late it is, or nothing. */
    public static String late(View view, Instant now) {
        var facts = view.callback().facts();
        var open = !(view.callback() instanceof Closed) && facts.keptAt().isEmpty();
        return open && now.isAfter(facts.dueAt()) ? ", " + Words.between(facts.dueAt(), now) + " ago" : "";
    }

    public static String tries(int tries) {
        return switch (tries) {
            case 0 -> "No try yet";
            case 1 -> "One try";
            default -> tries + " tries";
        };
    }

    public static String doing(Doing doing) {
        return switch (doing) {
            case FREE -> "○ Free";
            case STEP -> "◐ Phone rings";
            case LISTENING -> "◐ Hears an offer";
            case CALLING -> "● Has a call-back";
        };
    }

    /** The mark of a moment, as an SVG path. */
    public static String shape(Mark mark) {
        var x = mark.x();
        return switch (mark.kind()) {
            case "requested" -> circle(x, 60, 14);
            case "offered" -> "M%d 22v22h5v-22z".formatted(x - 2);
            case "claimed" -> "M%d 42l16 18l-16 18l-16 -18z".formatted(x);
            case "dialled" -> "M%d 84l15 28h-30z".formatted(x);
            case "step" -> circle(x, 12, 7);
            case "broken" -> "M%d 46l28 28m0 -28l-28 28".formatted(x - 14);
            default -> "M%d 47h26v26h-26z".formatted(x - 13);
        };
    }

    private static String circle(int x, int y, int r) {
        return "M%d %da%d %d 0 1 0 %d 0a%d %d 0 1 0 %d 0z".formatted(x - r, y, r, r, 2 * r, r, r, -2 * r);
    }
}
