package hotline.desk.wall;

import hotline.callback.ledger.WallStore.Moment;
import hotline.desk.http.DialWords;
import hotline.desk.http.Words;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A promise's history in words: what happened, and who it was. */
public final class TimeLine {

    private static final Map<String, String> STEPS = Map.of(
            "first", "The first responder is called in",
            "next", "One more responder is called in",
            "all", "All responders on duty are called in",
            "supervisor", "The supervisor is called in",
            "at_risk", "At risk: all responders and the supervisor are called in",
            "manager", "The manager is called in",
            "broken", "Broken: everybody is called in");

    private static final Map<String, String> OFFER_ENDS = Map.of(
            "declined", "does not take it",
            "seen", "knows of it, and leaves it to others",
            "silent", "answers, but presses no key",
            "unanswered", "does not answer",
            "busy", "is busy",
            "failed", "cannot be called",
            "taken_by_another", "is left alone: somebody else took it",
            "withdrawn", "is left alone: it was withdrawn",
            "lost", "is gone: the line was lost",
            "taken", "is done with it");

    private static final Map<String, String> ALONE = Map.ofEntries(
            Map.entry("not_feasible", "More wait than the staff on duty can call in time: supervisors are called in"),
            Map.entry("asked_again", "The caller asked again"),
            Map.entry("cancelled", "The caller cancelled it by keypad"),
            Map.entry("erased", "Number and name erased"),
            Map.entry("rang", "The caller's phone rings, is busy or is answered"),
            Map.entry("caller_answered", "The caller answers: they speak"),
            Map.entry("broken", "The promise is broken: the caller's phone had not rung in time"),
            Map.entry("waiting", "It waits for the next try"),
            Map.entry("seen", "Somebody is on it: its alarms so far stop repeating"));

    private static final Map<String, String> ACTS = Map.of(
            "callback_seen", "is on it",
            "callback_closed", "closes it");

    private final Map<String, String> names;
    private int tries;

    private TimeLine(Map<String, String> names) {
        this.names = names;
    }

    /** @param mark the kind, where it gets a mark of its own; otherwise {@code other} */
    public record Told(Instant at, String words, String mark) {}

    /** @param names of staff, by their ids */
    static List<Told> told(List<Moment> moments, Map<String, String> names) {
        var line = new TimeLine(names);
        return moments.stream().map(line::told).toList();
    }

    private Told told(Moment moment) {
        return new Told(moment.at(), moment.who().isEmpty() ? happened(moment) : did(moment), mark(moment));
    }

    private static String mark(Moment moment) {
        return switch (moment.kind()) {
            case "requested", "offered", "claimed", "dialled", "broken", "closed", "step" -> moment.kind();
            default -> "other";
        };
    }

    private String did(Moment moment) {
        var words = ACTS.getOrDefault(moment.kind(), Words.plain(moment.kind()));
        return name(moment.who()) + " " + words + (moment.detail().isEmpty() ? "" : ": " + moment.detail());
    }

    private String happened(Moment moment) {
        var detail = moment.detail();
        return switch (moment.kind()) {
            case "requested" ->
                detail.equals("unconfirmed")
                        ? "Asked for a call; hung up before confirming the number"
                        : "Asked for a call, and confirmed the number";
            case "needs_decision" ->
                "Needs a decision about what happens next" + (detail.isEmpty() ? "" : ": the number was " + detail);
            case "number_changed" -> "The caller changed the number" + (detail.isEmpty() ? "" : ", " + detail);
            case "offered" -> name(detail) + "'s phone rings";
            case "answered" -> name(detail) + " answers";
            case "claimed" -> name(detail) + " takes it";
            case "offer_ended" -> offerEnded(detail);
            case "dialled" -> "Try " + ++tries + ": the caller's phone is dialled";
            case "dial_ended" -> DialWords.of(detail);
            case "disposition" -> "The responder says: " + Words.plain(detail);
            case "put_right" -> name(detail) + " corrects the result";
            case "settled_too_late" -> "A result came too late and changed nothing: " + Words.plain(detail);
            case "closed" -> closed(detail);
            case "step" -> STEPS.getOrDefault(detail, Words.begun(Words.plain(detail)));
            default -> ALONE.getOrDefault(moment.kind(), other(moment));
        };
    }

    private String offerEnded(String detail) {
        var space = detail.indexOf(' ');
        return space < 0
                ? "A phone stops ringing"
                : name(detail.substring(0, space)) + " "
                        + OFFER_ENDS.getOrDefault(
                                detail.substring(space + 1), Words.plain(detail.substring(space + 1)));
    }

    /** Its reason was written by a person: it stays as it is. */
    private static String closed(String detail) {
        var colon = detail.indexOf(": ");
        return colon < 0
                ? "Closed"
                : "Closed: " + Words.plain(detail.substring(0, colon)) + ". " + detail.substring(colon + 2);
    }

    private static String other(Moment moment) {
        return Words.begun(Words.plain(moment.kind())) + (moment.detail().isEmpty() ? "" : ": " + moment.detail());
    }

    private String name(String id) {
        return names.getOrDefault(id, id);
    }
}
