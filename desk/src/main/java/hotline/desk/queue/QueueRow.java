package hotline.desk.queue;

import hotline.callback.Callback;
import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Callback.Untaken;
import hotline.callback.Callback.Waiting;
import hotline.callback.Ladder;
import hotline.callback.dispatch.RequestedOffers;
import hotline.callback.ledger.QueueStore.Hand;
import hotline.callback.ledger.QueueStore.QueuedCallback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A call-back in words.
 *
 * @param asked when
 * @param age how long ago
 * @param tries such as {@code First try}
 * @param wishes what to keep to in the call
 * @param state whose hands it is in
 * @param nextAt when its next try is due, where that is to come
 * @param holder the id of who has it, or whose phone rings because they asked for it
 * @param ringing ids of those whose phones ring for it
 * @param unsaidBy the id of whoever has not said how their talk went
 * @param free whether somebody may ask for it now
 * @param needsDecision whether only a supervisor may
 * @param sample whether it was made up for a rehearsal: nobody is called for it
 */
public record QueueRow(
        UUID id,
        Countdown countdown,
        Instant asked,
        String age,
        String language,
        String tries,
        List<String> wishes,
        String state,
        Optional<Instant> nextAt,
        Optional<String> holder,
        List<String> ringing,
        Optional<String> unsaidBy,
        boolean free,
        boolean needsDecision,
        boolean sample) {

    static QueueRow of(QueuedCallback entry, Ladder ladder, Instant now) {
        var callback = entry.callback();
        var facts = callback.facts();
        var hands = entry.hands();
        var asker =
                hands.stream().filter(hand -> hand.wanted() || hand.answered()).findFirst();
        var free = callback instanceof Untaken untaken
                && asker.isEmpty()
                && !RequestedOffers.callerIsOnTheLine(untaken, now);
        return new QueueRow(
                facts.id(),
                Countdown.of(callback, ladder, now),
                facts.requestedAt(),
                "asked " + Countdown.length(Duration.between(facts.requestedAt(), now)) + " ago",
                language(facts.wishes().language()),
                tries(facts.attempts()),
                wishes(facts),
                state(callback, hands, now),
                callback instanceof Untaken untaken && untaken.round().from().isAfter(now) && facts.claims() > 0
                        ? Optional.of(untaken.round().from())
                        : Optional.empty(),
                asker.map(Hand::person),
                callback instanceof Untaken
                        ? hands.stream()
                                .filter(hand -> !hand.answered())
                                .map(Hand::person)
                                .toList()
                        : List.of(),
                callback instanceof NotSaid notSaid ? Optional.of(notSaid.responder()) : Optional.empty(),
                free && !entry.isSample(),
                callback instanceof NeedsDecision,
                entry.isSample());
    }

    /** The same for everybody who has no phone that rings. */
    public boolean mayAsk(boolean supervisor) {
        return free && (supervisor || !needsDecision);
    }

    /** As English speakers call it. */
    static String language(String code) {
        return switch (code) {
            case "kea" -> "Cabo Verdean Creole";
            case "cmn" -> "Mandarin";
            default -> Locale.of(code).getDisplayLanguage(Locale.ENGLISH);
        };
    }

    private static String tries(int before) {
        return switch (before) {
            case 0 -> "First try";
            case 1 -> "Second try";
            case 2 -> "Third try";
            default -> "Try " + (before + 1);
        };
    }

    private static List<String> wishes(Facts facts) {
        var wishes = new ArrayList<String>();
        wishes.add(facts.wishes().messageOk() ? "Message allowed" : "No message");
        wishes.add(facts.wishes().numberShown() ? "Show our number" : "Hide our number");
        if (facts.ask().consultation()) {
            wishes.addFirst("Consultation for an organization");
        }
        if (facts.ask().times() > 1) {
            wishes.add("Asked for " + facts.ask().times()
                    + " times from this phone: ask for the person who left the number");
        }
        if (!facts.confirmed()) {
            wishes.add("Number not confirmed");
        }
        return wishes;
    }

    private static String state(Callback callback, List<Hand> hands, Instant now) {
        var first = hands.stream().findFirst().map(Hand::name).orElse("somebody");
        return switch (callback) {
            case Claimed _ -> "Taken by " + first;
            case Dialling _ -> first + " is calling";
            case NotSaid _ -> "Answered: how did it go?";
            case Closed _ -> "Closed";
            case Untaken _ when !hands.isEmpty() -> ringing(hands);
            case Untaken untaken
            when RequestedOffers.callerIsOnTheLine(untaken, now) -> "The caller is still on the line";
            case NeedsDecision _ -> "Needs a decision";
            case Waiting waiting when waiting.round().from().isAfter(now) -> "Next try";
            case Waiting _ -> "Waiting";
        };
    }

    private static String ringing(List<Hand> hands) {
        var listens = hands.stream().filter(Hand::answered).findFirst();
        if (listens.isPresent()) {
            return listens.get().name() + " has answered";
        }
        var names = hands.stream().map(Hand::name).toList();
        return names.size() == 1
                ? names.getFirst() + "’s phone rings"
                : names.stream()
                        .limit(3)
                        .collect(Collectors.joining(", ", "Phones ring: ", names.size() > 3 ? ", …" : ""));
    }
}
