package hotline.desk.queue;

import hotline.base.audit.AuditStore;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.NeedsDecision;
import hotline.callback.Callback.NotSaid;
import hotline.callback.Disposition;
import hotline.callback.Ladder;
import hotline.callback.TalkService;
import hotline.callback.dispatch.Decisions;
import hotline.callback.ledger.CallbackViews;
import hotline.callback.ledger.QueueStore;
import hotline.callback.ledger.QueueStore.QueuedCallback;
import hotline.callback.ledger.RevealStore;
import hotline.callback.ledger.RevealStore.Revealed;
import hotline.callback.staffline.StaffLineStore;
import hotline.desk.access.Scope;
import hotline.desk.http.Answer;
import hotline.desk.http.OwnWords;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One call-back: its history in words, what came of the call, a note, its end, and its number for whoever says why. */
public final class CallbackPages {

    private final QueueStore queue;
    private final CallbackViews views;
    private final Acts acts;
    private final Supplier<Ladder> ladder;
    private final InstantSource clock;

    /** What people do about a call-back without ringing its caller. */
    public record Acts(
            Decisions decisions, StaffLineStore said, TalkService talks, RevealStore numbers, AuditStore audit) {}

    public CallbackPages(
            QueueStore queue, CallbackViews views, Acts acts, Supplier<Ladder> ladder, InstantSource clock) {
        this.queue = queue;
        this.views = views;
        this.acts = acts;
        this.ladder = ladder;
        this.clock = clock;
    }

    /**
     * @param said what was said of it by whoever looks, where it was their last one
     * @param closed why, and when
     */
    public record View(
            QueueRow row,
            List<Moment> history,
            Optional<String> said,
            Map<String, String> dispositions,
            Map<String, String> reasons,
            Optional<String> closed,
            boolean mayClose,
            boolean mayReopen,
            boolean mayAsk,
            boolean mayReveal,
            String me) {

        /** Whether the phone of whoever looks rings for it. */
        public boolean mine() {
            return row.ringing().contains(me);
        }

        /** Whether it is theirs to say how it went. */
        public boolean asksMe() {
            return row.unsaidBy().equals(Optional.of(me));
        }
    }

    /** A line of the history. */
    public record Moment(Instant at, String words) {}

    public void mount(Pages pages) {
        pages.get(
                "/queue/:id", request -> Answer.page(title(request), "callback.jte", view(request)), QueuePages.STAFF);
        pages.get("/queue/:id/part", request -> Answer.part("callback-part.jte", view(request)), QueuePages.STAFF);
        pages.post("/queue/:id/said", this::say, QueuePages.STAFF);
        pages.post("/queue/:id/note", this::note, QueuePages.STAFF);
        pages.post("/queue/:id/close", this::close, QueuePages.STAFF);
        pages.post("/queue/:id/reopen", this::reopen, QueuePages.STAFF);
        pages.post("/queue/:id/reveal", this::reveal, QueuePages.STAFF);
    }

    static UUID id(String text) {
        if (text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return UUID.fromString(text);
        }
        throw unknown();
    }

    static Problem unknown() {
        return new Problem(404, "there is no such call-back: go back to the queue");
    }

    private QueuedCallback entry(PageRequest visit) {
        return queue.find(id(visit.path("id"))).orElseThrow(CallbackPages::unknown);
    }

    private String title(PageRequest visit) {
        return QueueRow.language(entry(visit).callback().facts().wishes().language()) + " call-back";
    }

    private View view(PageRequest visit) {
        var entry = entry(visit);
        var callback = entry.callback();
        var row = QueueRow.of(entry, ladder.get(), clock.instant());
        var people = queue.people();
        var names = people.stream().collect(Collectors.toMap(QueueStore.Person::id, QueueStore.Person::name));
        var me = people.stream()
                .filter(person -> person.id().equals(visit.name()))
                .findFirst();
        var history = views.history(row.id()).stream()
                .map(event -> new Moment(event.at(), History.words(event.kind(), event.detail(), names)))
                .filter(moment -> !moment.words().isEmpty())
                .toList();
        var supervisor = visit.may(Scope.SUPERVISOR);
        return new View(
                row,
                history,
                acts.said
                        .last(visit.name())
                        .filter(lastDial -> lastDial.callback().equals(row.id()))
                        .map(lastDial -> History.disposition(lastDial.said().word())),
                History.SAID,
                History.REASONS,
                callback instanceof Closed closed
                        ? Optional.of(History.disposition(
                                        closed.closing().disposition().word()) + ": "
                                + closed.closing().reason())
                        : Optional.empty(),
                mayClose(entry, supervisor),
                callback instanceof Closed closed && wasCancelled(closed) && !entry.isSample(),
                row.mayAsk(QueuePages.decides(visit, me)),
                (!(callback instanceof Closed) || supervisor) && !entry.isSample(),
                visit.name());
    }

    private static boolean wasCancelled(Closed closed) {
        return closed.closing().disposition().equals(Disposition.CANCELLED_BY_CALLER);
    }

    private static boolean mayClose(QueuedCallback entry, boolean supervisor) {
        return !entry.isSample()
                && switch (entry.callback()) {
                    case Closed _ -> false;
                    case NeedsDecision _ -> supervisor;
                    default -> true;
                };
    }

    private Answer say(PageRequest visit) {
        var id = id(visit.path("id"));
        var word = visit.field("disposition", "choose how the call went");
        if (!History.SAID.containsKey(word)) {
            throw new Problem(422, "choose how the call went from the list");
        }
        if (!(isTheirs(entry(visit), visit.name())
                ? acts.talks.say(id, new Disposition(word))
                : correct(visit, id, word))) {
            throw new Problem(409, "somebody else has it in hand, or has closed it: it stays as it is");
        }
        if (!visit.field("note").isEmpty()) {
            note(visit, id);
        }
        return Answer.go("/queue", "Noted: " + History.disposition(word) + ".");
    }

    private static boolean isTheirs(QueuedCallback entry, String person) {
        return entry.callback() instanceof NotSaid notSaid
                && notSaid.responder().equals(person);
    }

    private boolean correct(PageRequest visit, UUID id, String word) {
        var last = acts.said
                .last(visit.name())
                .filter(lastDial -> lastDial.callback().equals(id))
                .orElseThrow(() -> new Problem(
                        409, "this was not your last call-back, or the call is still on: say it by key on the phone"));
        return last.said().word().equals(word) || acts.said.putRight(visit.name(), new Disposition(word));
    }

    private Answer reopen(PageRequest visit) {
        var id = entry(visit).callback().facts().id();
        if (!acts.decisions.reopen(id)) {
            throw new Problem(409, "it was not cancelled, or its caller has asked again: look in the queue");
        }
        acts.audit.note(visit.name(), "reopened_callback", id.toString(), "");
        return Answer.go("/queue/" + id, "It waits again: staff are called for it.");
    }

    private Answer note(PageRequest visit) {
        var id = id(visit.path("id"));
        note(visit, id);
        return Answer.go("/queue/" + id, "Your note is saved.");
    }

    private void note(PageRequest visit, UUID id) {
        var words = OwnWords.note("your note", visit.field("note", "write something to save"));
        if (!queue.note(id, "note", visit.name() + " " + words)) {
            throw unknown();
        }
    }

    private Answer close(PageRequest visit) {
        var entry = entry(visit);
        var id = entry.callback().facts().id();
        var word = visit.field("disposition", "choose why it is closed");
        if (!History.REASONS.containsKey(word)) {
            throw new Problem(422, "choose why it is closed from the list");
        }
        var reason = OwnWords.note("the reason", visit.field("reason", "write in a few words why it is closed"));
        if (entry.callback() instanceof NeedsDecision && !visit.may(Scope.SUPERVISOR)) {
            throw new Problem(403, "this one needs a supervisor's decision");
        }
        return switch (acts.decisions.close(id, new Disposition(word), reason)) {
            case CLOSED -> {
                queue.note(id, "closed_by", visit.name());
                acts.audit.note(visit.name(), "closed_callback", id.toString(), word + ": " + reason);
                yield Answer.go("/queue", "Closed: " + History.disposition(word) + ".");
            }
            case UNKNOWN -> throw unknown();
            case BEING_DIALLED -> throw new Problem(409, "its caller is being called: close it after the call");
            case ALREADY_CLOSED -> throw new Problem(409, "it is closed already: its history says why");
        };
    }

    private Answer reveal(PageRequest visit) {
        var entry = entry(visit);
        if (entry.callback() instanceof Closed && !visit.may(Scope.SUPERVISOR)) {
            throw new Problem(403, "it is closed: a supervisor may look up its number");
        }
        var reason = OwnWords.reason(
                "the reason", "you need the number", visit.field("reason", "write why you need the number"));
        return switch (acts.numbers.reveal(entry.callback().facts().id(), visit.name(), reason)) {
            case Revealed.Told told ->
                Answer.part("number.jte", inGroups(told.number().digits()));
            case Revealed.Erased _ ->
                throw new Problem(410, "its number has been erased: the time for keeping it is over");
            case Revealed.Unknown _ -> throw unknown();
        };
    }

    private static String inGroups(String digits) {
        return "(%s) %s-%s".formatted(digits.substring(0, 3), digits.substring(3, 6), digits.substring(6));
    }
}
