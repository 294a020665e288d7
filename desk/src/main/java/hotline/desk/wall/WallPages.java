package hotline.desk.wall;

import hotline.base.audit.AuditStore;
import hotline.callback.Callback;
import hotline.callback.Callback.Closed;
import hotline.callback.Callback.Untaken;
import hotline.callback.Disposition;
import hotline.callback.dispatch.Decisions;
import hotline.callback.ledger.CallbackViews.View;
import hotline.callback.ledger.WallStore;
import hotline.callback.ledger.WallStore.Doing;
import hotline.callback.ledger.WallStore.Now;
import hotline.callback.ledger.WallStore.OnDuty;
import hotline.callback.ledger.WallStore.Past;
import hotline.callback.report.Figures;
import hotline.callback.report.ReportStore;
import hotline.callback.sample.SampleCallbacks;
import hotline.callback.staff.NextHourStore;
import hotline.callback.staff.NextHourStore.NextHour;
import hotline.desk.access.Scope;
import hotline.desk.http.Answer;
import hotline.desk.http.Menu;
import hotline.desk.http.OwnWords;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.desk.wall.TimeLine.Told;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The wall of the supervisors: whether any promise is in danger, and what became of one. */
public final class WallPages {

    private final WallStore wall;
    private final NextHourStore rota;
    private final ReportStore reports;
    private final Decisions decisions;
    private final AuditStore audit;

    public WallPages(WallStore wall, NextHourStore rota, ReportStore reports, Decisions decisions, AuditStore audit) {
        this.wall = wall;
        this.rota = rota;
        this.reports = reports;
        this.decisions = decisions;
        this.audit = audit;
    }

    /**
     * All that the wall shows.
     *
     * @param troubled the most urgent only
     * @param today what was asked for since midnight
     */
    public record Wall(Now now, List<Endangered> troubled, List<OnDuty> staff, NextHour rota, Figures today) {

        public WallBand band() {
            return WallBand.of(now);
        }

        public long free() {
            return staff.stream().filter(onDuty -> onDuty.doing() == Doing.FREE).count();
        }

        public long busy() {
            return staff.size() - free();
        }

        /** Whether some of what is counted was made up for a rehearsal. */
        public boolean hasSamples() {
            return troubled.stream().anyMatch(Endangered::sample);
        }

        /** How many more are broken or need a decision than are listed. */
        public long unlisted() {
            return now.broken() + now.needsDecision() - troubled.size();
        }
    }

    /** @param seenAt since when somebody looks after it */
    public record Endangered(View view, Optional<Instant> seenAt, boolean canAcknowledge) {

        public boolean sample() {
            return isSample(view);
        }

        public String path() {
            return "/wall/" + view.callback().facts().id();
        }
    }

    /** One promise from its beginning. */
    public record Story(
            View view, Instant now, List<Told> told, TimePicture picture, boolean canAcknowledge, boolean canClose) {

        public boolean sample() {
            return isSample(view);
        }

        public String path() {
            return "/wall/" + view.callback().facts().id();
        }
    }

    public void mount(Pages pages) {
        pages.menu(Menu.Group.NOW, "/wall", "Wall", Scope.SUPERVISOR);
        pages.get("/wall", _ -> Answer.page("Wall", "wall.jte", wall()), Scope.SUPERVISOR);
        pages.get("/wall/part", _ -> Answer.part("wall-part.jte", wall()), Scope.SUPERVISOR);
        pages.get(
                "/wall/:id", request -> Answer.page("One promise", "wall-story.jte", story(request)), Scope.SUPERVISOR);
        pages.get("/wall/:id/part", request -> Answer.part("wall-story-part.jte", story(request)), Scope.SUPERVISOR);
        pages.post("/wall/:id/seen", this::acknowledge, Scope.SUPERVISOR);
        pages.post("/wall/:id/close", this::close, Scope.SUPERVISOR);
    }

    Wall wall() {
        var now = wall.now();
        var troubled = now.broken() + now.needsDecision() == 0 ? List.<View>of() : wall.troubled();
        return new Wall(
                now,
                troubled.stream().map(WallPages::trouble).toList(),
                wall.onDuty(),
                rota.nextHour(now.at()),
                reports.today(now.at()));
    }

    private static Endangered trouble(View view) {
        return new Endangered(view, seenAt(view.callback()), view.callback() instanceof Untaken && !isSample(view));
    }

    private static boolean isSample(View view) {
        return SampleCallbacks.isSample(view.callback().facts().id());
    }

    private static Optional<Instant> seenAt(Callback callback) {
        return callback instanceof Untaken untaken ? untaken.round().seenAt() : Optional.empty();
    }

    private Story story(PageRequest visit) {
        var past = wall.past(id(visit)).orElseThrow(WallPages::unknown);
        var callback = past.view().callback();
        var told = TimeLine.told(past.moments(), past.names());
        var open = !(callback instanceof Closed) && !isSample(past.view());
        return new Story(
                past.view(),
                past.now(),
                told,
                TimePicture.of(callback, told, past.now(), wall.atRiskAfter(callback)),
                open && callback instanceof Untaken && seenAt(callback).isEmpty() && troubled(past),
                open);
    }

    private static boolean troubled(Past past) {
        return switch (past.view().standing()) {
            case BROKEN, AT_RISK -> true;
            case ON_TIME, KEPT -> past.view().state().equals("needs_decision");
        };
    }

    private Answer acknowledge(PageRequest visit) {
        var id = id(visit);
        if (!decisions.acknowledge(id)) {
            var _ = wall.past(id).orElseThrow(WallPages::unknown);
            throw new Problem(409, "somebody has taken it, or it is closed: nobody is called for it");
        }
        audit.note(visit.name(), "callback_seen", id.toString(), "");
        return Answer.go(
                visit.field("back").equals("story") ? "/wall/" + id : "/wall",
                "You’re on it. Its alarms stop repeating.");
    }

    private Answer close(PageRequest visit) {
        var id = id(visit);
        var disposition = disposition(visit);
        var reason = OwnWords.note(
                "the reason", visit.field("reason", "write why it is closed, so that others can follow it later"));
        return switch (decisions.close(id, disposition, reason)) {
            case CLOSED -> {
                audit.note(visit.name(), "callback_closed", id.toString(), "");
                yield Answer.go("/wall/" + id, "Closed. Nobody is called for it any more.");
            }
            case UNKNOWN -> throw unknown();
            case BEING_DIALLED -> throw new Problem(409, "its caller is being called now: close it after the call");
            case ALREADY_CLOSED -> throw new Problem(409, "it is closed already: the time line says why");
        };
    }

    /** What a supervisor may close one with; what came of a call is said by whoever made it. */
    public static final Map<String, String> ENDS = Map.of(
            "handled_elsewhere", "Handled in another way",
            "cannot_be_reached", "The caller cannot be reached",
            "not_a_request", "It was no request",
            "asked_not_to_be_called", "The caller does not want a call");

    private static Disposition disposition(PageRequest visit) {
        var word = visit.field("disposition");
        if (!ENDS.containsKey(word)) {
            throw new Problem(422, "choose an outcome");
        }
        return new Disposition(word);
    }

    private static UUID id(PageRequest visit) {
        var text = visit.path("id");
        if (text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return UUID.fromString(text);
        }
        throw unknown();
    }

    private static Problem unknown() {
        return new Problem(404, "there is no such call-back: open one from the wall");
    }
}
