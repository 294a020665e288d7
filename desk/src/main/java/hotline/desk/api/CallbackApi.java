package hotline.desk.api;

import hotline.callback.Callback;
import hotline.callback.Callback.Closed;
import hotline.callback.Disposition;
import hotline.callback.dispatch.Decisions;
import hotline.callback.ledger.CallbackViews;
import hotline.callback.ledger.CallbackViews.View;
import hotline.callback.ledger.CallbackViews.Which;
import hotline.callback.staff.StaffStore;
import hotline.callback.staffline.PinHash;
import hotline.desk.access.Scope;
import hotline.desk.http.Api;
import hotline.desk.http.Api.Reply;
import hotline.desk.http.OwnWords;
import hotline.desk.http.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The API of call-backs and their staff. Numbers are masked: {@link RevealApi} tells one for a reason. */
public final class CallbackApi {

    private static final int PAGE = 500;

    private final CallbackViews callbacks;
    private final Decisions decisions;
    private final StaffApi staff;
    private final Duration promise;

    public CallbackApi(CallbackViews callbacks, Decisions decisions, StaffStore staff, PinHash pins, Duration promise) {
        this.callbacks = callbacks;
        this.decisions = decisions;
        this.staff = new StaffApi(staff, pins);
        this.promise = promise;
    }

    public void mount(Api api) {
        staff.mount(api);
        api.route(HttpMethod.GET, "/api/v1/callbacks", this::list, Scope.SUPERVISOR, Scope.RESPONDER);
        api.route(HttpMethod.GET, "/api/v1/callbacks/:id", this::one, Scope.SUPERVISOR, Scope.RESPONDER);
        api.act(
                HttpMethod.POST,
                "/api/v1/callbacks/:id/acknowledge",
                "callback_seen",
                "id",
                this::acknowledge,
                Scope.SUPERVISOR);
        api.act(HttpMethod.POST, "/api/v1/callbacks/:id/close", "callback_closed", "id", this::close, Scope.SUPERVISOR);
        api.route(HttpMethod.GET, "/api/v1/standing", _ -> standing(), Scope.SUPERVISOR, Scope.RESPONDER);
    }

    private Reply list(RoutingContext request) {
        var listing = Listing.of(request, PAGE);
        var which = Api.word(
                Which.class, "state", Listing.parameter(request, "state").orElse("open"));
        return listing.reply(
                callbacks.list(which, listing.after().map(CallbackApi::id), listing.sought()),
                CallbackApi::json,
                view -> view.callback().facts().id());
    }

    private Reply one(RoutingContext request) {
        var id = id(Api.path(request, "id"));
        var view = callbacks.find(id).orElseThrow(CallbackApi::unknown);
        var history = new JsonArray();
        for (var event : callbacks.history(id)) {
            history.add(new JsonObject()
                    .put("at", event.at().toString())
                    .put("kind", event.kind())
                    .put("detail", event.detail()));
        }
        return Reply.ok(json(view).put("history", history).encode());
    }

    private Reply acknowledge(RoutingContext request) {
        var id = id(Api.path(request, "id"));
        if (!decisions.acknowledge(id)) {
            var _ = callbacks.find(id).orElseThrow(CallbackApi::unknown);
            throw new Problem(409, "somebody has taken it, or it is closed: nobody is called for it");
        }
        return Reply.nothing();
    }

    private Reply close(RoutingContext request) {
        var id = id(Api.path(request, "id"));
        var body = Api.body(request, "disposition", "reason");
        var reason = OwnWords.note("reason", Api.text(body, "reason"));
        return switch (decisions.close(id, disposition(body), reason)) {
            case CLOSED -> Reply.nothing();
            case UNKNOWN -> throw unknown();
            case BEING_DIALLED -> throw new Problem(409, "its caller is being dialled: close it after the call");
            case ALREADY_CLOSED -> throw new Problem(409, "it is closed already: its history says why");
        };
    }

    private static Disposition disposition(JsonObject body) {
        try {
            return new Disposition(Api.text(body, "disposition"));
        } catch (IllegalArgumentException e) {
            throw new Problem(422, "disposition: " + e.getMessage());
        }
    }

    private Reply standing() {
        var counts = callbacks.standing(promise);
        return Reply.ok(new JsonObject()
                .put("open", counts.open())
                .put("at_risk", counts.atRisk())
                .put("broken", counts.broken())
                .put("kept", counts.kept())
                .put("reached", counts.reached())
                .put("p50_seconds_to_first_try", counts.p50().orElse(null))
                .put("p90_seconds_to_first_try", counts.p90().orElse(null))
                .encode());
    }

    static UUID id(String text) {
        if (text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return UUID.fromString(text);
        }
        throw unknown();
    }

    static Problem unknown() {
        return new Problem(404, "there is no such call-back: take its id from the list");
    }

    private static JsonObject json(View view) {
        var facts = view.callback().facts();
        var json = new JsonObject()
                .put("id", facts.id().toString())
                .put("number", "***-***-****")
                .put("requested_at", facts.requestedAt().toString())
                .put("due_at", facts.dueAt().toString())
                .put("state", view.state())
                .put("standing", Api.word(view.standing()))
                .put("reached", facts.reachedAt().isPresent())
                .put("attempts", facts.attempts())
                .put("language", facts.wishes().language())
                .put("confirmed", facts.confirmed())
                .put("consultation", facts.ask().consultation())
                .put("times_asked", facts.ask().times())
                .put("message_ok", facts.wishes().messageOk())
                .put("number_shown", facts.wishes().numberShown());
        put(json, "kept_at", facts.keptAt());
        put(json, "reached_at", facts.reachedAt());
        put(json, "broken_at", facts.brokenAt());
        return closing(json, view.callback());
    }

    private static JsonObject closing(JsonObject json, Callback callback) {
        return callback instanceof Closed closed
                ? json.put("closed_at", closed.closing().at().toString())
                        .put("disposition", closed.closing().disposition().word())
                        .put("reason", closed.closing().reason())
                : json;
    }

    private static void put(JsonObject json, String field, Optional<Instant> time) {
        time.ifPresent(found -> json.put(field, found.toString()));
    }
}
