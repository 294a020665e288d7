package hotline.desk.queue;

import hotline.desk.http.DialWords;
import java.util.LinkedHashMap;
import java.util.Map;

/** What has happened to a call-back, in words. */
final class History {

    /** What whoever called may say of it. */
    static final Map<String, String> SAID = inOrder(
            "talked", "We talked",
            "no_answer", "No answer, try again later",
            "left_message", "Left a message",
            "asked_not_to_be_called", "Asked not to be called",
            "mistaken_number", "Mistaken number");

    /** Why somebody may close one without a call. */
    static final Map<String, String> REASONS = inOrder(
            "handled_elsewhere", "Helped in another way",
            "cancelled_by_caller", "The caller no longer wants it",
            "asked_not_to_be_called", "Asked not to be called",
            "mistaken_number", "Mistaken number",
            "not_safe_to_call", "Not safe to call",
            "not_reached", "Not reached in all tries",
            "prank", "A prank");

    private History() {}

    private static Map<String, String> inOrder(String... words) {
        var map = new LinkedHashMap<String, String>();
        for (var i = 0; i < words.length; i += 2) {
            map.put(words[i], words[i + 1]);
        }
        return map;
    }

    static String disposition(String word) {
        var known = SAID.getOrDefault(word, REASONS.getOrDefault(word, ""));
        return known.isEmpty() ? capital(word.replace('_', ' ')) : known;
    }

    /** @param names of the staff, by id; empty words where a line says nothing to people */
    static String words(String kind, String detail, Map<String, String> names) {
        var name = names.getOrDefault(first(detail), first(detail));
        return switch (kind) {
            case "requested" ->
                "Asked for" + (detail.equals("confirmed") ? "" : ", hung up before confirming the number");
            case "asked_again" -> "Asked for again";
            case "cancelled" -> "Cancelled by keypad, from the same phone";
            case "reopened" -> "Waits again: the cancellation was taken back";
            case "talks" -> name + " talks with the caller, who called by themselves";
            case "interpreter_joined" -> "An interpreter joined the talk";
            case "handed_on" -> name + " joined the talk, to take the caller over";
            case "handed_on_to_place" -> "A place joined the talk, to take the caller over: " + detail;
            case "not_said" -> "Answered, and not said yet how it went";
            case "asked_how_it_went" -> name + "’s phone is called: how did it go?";
            case "not_feasible" -> "Too few on duty to keep the promise: supervisors are called in";
            case "wanted" -> name + " wants to take it";
            case "offered" -> name + "’s phone rings";
            case "answered" -> name + " answered";
            case "claimed" -> name + " took it";
            case "dialled" -> "The caller’s phone is dialled";
            case "rang" -> "The caller’s phone rings";
            case "broken" -> "The promise is broken";
            case "dial_ended" -> DialWords.of(detail);
            case "settled_too_late" -> "The line, too late to count: " + detail.replace('_', ' ');
            case "disposition" -> "Result: " + disposition(detail);
            case "put_right" -> name + " corrected the result";
            case "offer_ended" -> name + ": " + ended(rest(detail));
            case "step" -> step(detail);
            case "seen" -> "A supervisor knows of it";
            case "waiting" -> "Waits again";
            case "needs_decision" -> "Needs a supervisor's decision" + (detail.isEmpty() ? "" : ": " + detail);
            case "closed" -> detail.isEmpty() ? "Closed" : "Closed: " + closed(detail);
            case "closed_by" -> "Closed by " + name;
            case "note" -> "Note by " + name + ": " + rest(detail);
            case "revealed" -> "The number was shown " + detail;
            case "erased" -> "Erased: " + detail;
            default -> capital(kind.replace('_', ' ')) + (detail.isEmpty() ? "" : ": " + detail);
        };
    }

    private static String closed(String detail) {
        var at = detail.indexOf(": ");
        return at < 0 ? detail : disposition(detail.substring(0, at)) + detail.substring(at);
    }

    private static String ended(String outcome) {
        return switch (outcome) {
            case "declined" -> "did not take it";
            case "seen" -> "knows of it";
            case "silent" -> "answered, but no key was pressed";
            case "unanswered" -> "did not answer";
            case "busy" -> "was on another call";
            case "failed" -> "the phone could not be called; is its number right?";
            case "taken_by_another" -> "somebody else was faster";
            default -> "the call broke off";
        };
    }

    private static String step(String kind) {
        return switch (kind) {
            case "first" -> "A responder is called";
            case "next" -> "One more responder is called";
            case "all" -> "Everyone on duty is called";
            case "supervisor" -> "The supervisors are called";
            case "at_risk" -> "At risk: everyone is called";
            case "manager" -> "The managers are called";
            default -> "The promise is broken: everyone is called";
        };
    }

    private static String first(String detail) {
        return detail.split(" ", 2)[0];
    }

    private static String rest(String detail) {
        var parts = detail.split(" ", 2);
        return parts.length < 2 ? "" : parts[1];
    }

    private static String capital(String words) {
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
