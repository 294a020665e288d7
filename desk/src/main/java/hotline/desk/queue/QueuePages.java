package hotline.desk.queue;

import hotline.callback.Ladder;
import hotline.callback.Role;
import hotline.callback.TimeOrderedId;
import hotline.callback.dispatch.Dialler;
import hotline.callback.dispatch.RequestedOffers;
import hotline.callback.dispatch.RequestedOffers.Result;
import hotline.callback.dispatch.Ring;
import hotline.callback.ledger.QueueStore;
import hotline.callback.ledger.QueueStore.Board;
import hotline.callback.ledger.QueueStore.Person;
import hotline.callback.staff.AlertStore;
import hotline.callback.staff.AlertStore.Alert;
import hotline.desk.access.Scope;
import hotline.desk.http.Answer;
import hotline.desk.http.Menu;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.desk.http.SingleFlight;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The queue: whom to call next, who has whom in hand, and to take one by a key or a tap. */
public final class QueuePages {

    static final Scope[] STAFF = {Scope.RESPONDER, Scope.SUPERVISOR};
    private static final int SHOWN = 50;

    private final QueueStore queue;
    private final RequestedOffers offers;
    private final Dialler dialler;
    private final AlertStore alerts;
    private final Supplier<Ladder> ladder;
    private final SingleFlight<Seen> first;

    public QueuePages(
            QueueStore queue, RequestedOffers offers, Dialler dialler, AlertStore alerts, Supplier<Ladder> ladder) {
        this.queue = queue;
        this.offers = offers;
        this.dialler = dialler;
        this.alerts = alerts;
        this.ladder = ladder;
        first = new SingleFlight<>(() -> look(Optional.empty()));
    }

    /** What all who look at one moment are shown. */
    private record Seen(Board board, List<QueueRow> rows, List<Alert> gaps) {}

    /**
     * The list as one person sees it.
     *
     * @param more how many are open besides those that are shown and those of the pages before
     * @param after whose page it is; empty on the first
     * @param onDuty who is, to call people back
     * @param gaps of the rota, open
     * @param me who looks, where they are among the staff
     * @param supervisor whether they may take what needs a decision
     */
    public record View(
            List<QueueRow> rows,
            Board board,
            long more,
            Optional<String> after,
            List<Person> onDuty,
            List<Alert> gaps,
            Optional<Person> me,
            boolean supervisor) {

        /** The last one that is shown. */
        public UUID last() {
            return rows.getLast().id();
        }

        public String moreWords() {
            return after.isPresent() ? "The next ones" : "And %,d more".formatted(more);
        }

        /** Whether it is theirs to say how it went. */
        public boolean asksMe(QueueRow row) {
            return me.map(person -> row.unsaidBy().equals(Optional.of(person.id())))
                    .orElse(false);
        }

        /** Whether the phone of whoever looks rings for it. */
        public boolean mine(QueueRow row) {
            return me.map(person -> row.ringing().contains(person.id())).orElse(false);
        }

        public String peopleWords() {
            return onDuty.isEmpty()
                    ? "nobody"
                    : onDuty.stream()
                            .map(person -> person.name() + (person.busy() ? " (busy)" : ""))
                            .collect(Collectors.joining(", "));
        }

        /** What they hear who asked for one, and were not reached on their own phone. */
        public Optional<String> missed() {
            return me.flatMap(Person::missed).flatMap(outcome -> switch (outcome) {
                case "unanswered", "silent" ->
                    Optional.of("You did not press 1 on your phone: the call-back is open to everyone again.");
                case "taken_by_another" -> Optional.of("Somebody else pressed 1 first: take the next one.");
                case "busy" -> Optional.of("Your phone was busy: hang up there, then call again.");
                case "failed" -> Optional.of("Your phone cannot be called: make a test call on the page My duty.");
                default -> Optional.empty();
            });
        }
    }

    public void mount(Pages pages) {
        pages.menu(Menu.Group.NOW, "/queue", "Queue", STAFF);
        pages.get("/queue", request -> Answer.page("Queue", "queue.jte", view(request)), STAFF);
        pages.get("/queue/list", request -> Answer.part("queue-list.jte", view(request)), STAFF);
        pages.post("/queue/:id/call", this::call, STAFF);
        pages.post("/queue/:id/hand-on", this::handOn, STAFF);
    }

    private View view(PageRequest visit) {
        var after = visit.query("after").map(CallbackPages::id);
        var seen = after.isPresent() ? look(after) : first.get();
        var me = seen.board.people().stream()
                .filter(person -> person.id().equals(visit.name()))
                .findFirst();
        return new View(
                seen.rows,
                seen.board,
                after.isPresent() ? seen.rows.size() / SHOWN : seen.board.open() - seen.rows.size(),
                after.map(UUID::toString),
                seen.board.people().stream()
                        .filter(person -> person.onDuty() && person.role() == Role.RESPONDER)
                        .toList(),
                seen.gaps,
                me,
                decides(visit, me));
    }

    static boolean decides(PageRequest visit, Optional<Person> me) {
        return visit.may(Scope.SUPERVISOR)
                && me.map(person -> person.role() == Role.SUPERVISOR || person.role() == Role.MANAGER)
                        .orElse(true);
    }

    private Seen look(Optional<UUID> after) {
        var board = queue.board(after, SHOWN);
        var rows = board.entries().stream()
                .map(entry -> QueueRow.of(entry, ladder.get(), board.now()))
                .toList();
        return new Seen(board, rows, alerts.open());
    }

    private Answer call(PageRequest visit) {
        if (!dialler.ready()) {
            throw new Problem(503, "the telephone system is down, so no phone can be called: try again in a moment");
        }
        var offer = TimeOrderedId.next();
        return switch (offers.ask(CallbackPages.id(visit.path("id")), visit.name(), offer, dialler.busy())) {
            case Result.Rings rings -> {
                dialler.ring(new Ring(offer, rings.phone()));
                yield told(visit, "/queue", "Your phone rings. Press 1 there, and the caller is called.");
            }
            case Result.RingsAlready _ -> told(visit, "/queue", "Your phone rings for it already. Press 1 there.");
            case Result.TakenBy takenBy ->
                throw new Problem(409, takenBy.name() + " was faster, and has it now: take the next one");
            case Result.Busy _ -> throw new Problem(409, "you have a call already: end it first");
            case Result.CallerOnTheLine _ ->
                throw new Problem(409, "the caller is still on the line with the hotline: call in a minute");
            case Result.NotSaidYet _ ->
                throw new Problem(409, "somebody answered this one already: whoever called says how it went");
            case Result.NotTheirs _ -> throw new Problem(409, "this one needs a supervisor's decision");
            case Result.Closed _ -> throw new Problem(409, "it is closed already");
            case Result.Unknown _ -> throw CallbackPages.unknown();
            case Result.Elsewhere _ ->
                throw new Problem(409, "your browser phone is connected to another server: reload the page My phone");
            case Result.NoPhone _ ->
                throw new Problem(
                        409, "you are not on the staff list, so no phone rings for you: ask a supervisor to add you");
        };
    }

    private Answer handOn(PageRequest visit) {
        if (!offers.handOn(CallbackPages.id(visit.path("id")), visit.name())) {
            throw new Problem(409, "your phone does not ring for it: during a call, hang up and say how it went");
        }
        return told(visit, "/queue", "It is open to everyone again.");
    }

    /** Where the page stays open, only what came of it is told. */
    static Answer told(PageRequest visit, String path, String words) {
        return visit.ofPart() ? Answer.part("told.jte", words) : Answer.go(path, words);
    }
}
