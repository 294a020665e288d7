package hotline.desk.api;

import static hotline.desk.access.Scope.COORDINATOR;
import static hotline.desk.access.Scope.SUPERVISOR;
import static hotline.desk.access.Scope.TEXT_SYSTEM;

import hotline.desk.access.Scope;
import hotline.desk.http.Api;
import hotline.desk.http.Api.Reply;
import hotline.desk.http.Api.Who;
import hotline.desk.http.Problem;
import hotline.tips.ChangeStore.Outcome;
import hotline.tips.GuessStore;
import hotline.tips.TipCode;
import hotline.tips.TipCsv;
import hotline.tips.TipStore;
import hotline.tips.TipStore.TipRow;
import hotline.tips.Vocabulary;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The API of tips: coordinators give codes, and set what their callers hear; the text system hands over the codes it gave out. */
public final class TipApi {

    private static final int LARGEST_TABLE = 1024 * 1024;

    /** So many calls an hour and fewer could be told apart: what is counted is not shown. */
    private static final int SMALL = 5;

    /** A hand-over that is older is not taken for a fresh one. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final TipStore tips;
    private final GuessStore guesses;
    private final Vocabulary vocabulary;
    private final boolean rehearsal;
    private final InstantSource clock;

    /** @param rehearsal where the one token is everybody's: it approves rewards alone */
    public TipApi(TipStore tips, GuessStore guesses, Vocabulary vocabulary, boolean rehearsal, InstantSource clock) {
        this.tips = tips;
        this.guesses = guesses;
        this.vocabulary = vocabulary;
        this.rehearsal = rehearsal;
        this.clock = clock;
    }

    public void mount(Api api) {
        api.route(HttpMethod.POST, "/api/v1/tips", _ -> issue(), COORDINATOR);
        api.route(HttpMethod.POST, "/api/v1/tips/import", LARGEST_TABLE, this::read, COORDINATOR);
        api.route(HttpMethod.POST, "/api/v1/tips/handover", this::handOver, TEXT_SYSTEM);
        api.route(HttpMethod.GET, "/api/v1/tips/export", this::export, COORDINATOR);
        api.route(HttpMethod.GET, "/api/v1/tips/exposure", _ -> exposure(), COORDINATOR, SUPERVISOR);
        api.route(HttpMethod.GET, "/api/v1/tips/guessing", _ -> guessing(), COORDINATOR, SUPERVISOR);
        api.route(HttpMethod.GET, "/api/v1/tips/hours", _ -> hours(), COORDINATOR, SUPERVISOR);
        api.route(HttpMethod.PUT, "/api/v1/tips/by-reference", this::setByReference, COORDINATOR);
        api.route(HttpMethod.PUT, "/api/v1/tips/:code", this::set, COORDINATOR);
    }

    private Reply issue() {
        return Reply.created(new JsonObject().put("code", tips.issue().digits()));
    }

    private Reply set(RoutingContext request) {
        var code = new TipCode(Api.path(request, "code"));
        var body = Api.body(request, "status", "reference");
        return told(set(request, List.of(new TipRow(code, status(body), reference(body)))));
    }

    private Reply setByReference(RoutingContext request) {
        var body = Api.body(request, "reference", "status");
        var who = Api.who(request);
        return tips.setByReference(Api.text(body, "reference"), status(body), who.name(), alone(who))
                .map(outcome -> told(List.of(outcome)))
                .orElseThrow(() -> new Problem(404, "reference: no tip is called so, or more than one"));
    }

    private static Reply told(List<Outcome> outcomes) {
        return outcomes.contains(Outcome.AWAITS_ANOTHER)
                ? Reply.accepted(new JsonObject().put("awaits", "another person who sets the same"))
                : Reply.nothing();
    }

    private List<Outcome> set(RoutingContext request, List<TipRow> lines) {
        var who = Api.who(request);
        return tips.set(lines, who.name(), alone(who));
    }

    private boolean alone(Who who) {
        return rehearsal && who.scope() == Scope.ADMINISTRATOR;
    }

    private String status(JsonObject body) {
        return vocabulary
                .known(Api.text(body, "status"))
                .orElseThrow(() -> new Problem(422, "status: write one of " + vocabulary.words()));
    }

    private static Optional<String> reference(JsonObject body) {
        return body.containsKey("reference") ? TipCsv.reference(Api.text(body, "reference")) : Optional.empty();
    }

    private Reply read(RoutingContext request) {
        var outcomes = set(request, TipCsv.read(Api.table(request), vocabulary));
        var awaiting = outcomes.stream().filter(Outcome.AWAITS_ANOTHER::equals).count();
        return Reply.ok(new JsonObject()
                .put("set", outcomes.size() - awaiting)
                .put("await_another_person", awaiting)
                .encode());
    }

    private Reply export(RoutingContext request) {
        var status = request.queryParam("status").stream().findFirst().orElse("");
        if (!status.isEmpty() && vocabulary.known(status).isEmpty()) {
            throw new Problem(422, "status: write one of " + vocabulary.words());
        }
        return Reply.ok("text/csv; charset=utf-8", Buffer.buffer(TipCsv.written(tips.export(status))));
    }

    private Reply handOver(RoutingContext request) {
        var body = Api.body(request, "id", "sent_at", "code", "reference");
        var id = Api.text(body, "id");
        if (!id.matches("[A-Za-z0-9._-]{8,64}")) {
            throw new Problem(422, "id: write 8 to 64 letters, digits, '.', '_' or '-', another for each hand-over");
        }
        var code = new TipCode(Api.text(body, "code"));
        var age = Duration.between(sentAt(body), clock.instant());
        if (age.abs().compareTo(FRESH) > 0) {
            throw new Problem(
                    422, "sent_at: it was sent more than ten minutes ago, or its clock is wrong: send it anew");
        }
        return switch (tips.handOver(id, code, reference(body))) {
            case DONE, BEFORE -> Reply.nothing();
            case ANOTHER_BY_THIS_ID ->
                throw new Problem(409, "id: another code was handed over by it: choose a new id for each hand-over");
            case CODE_IS_TAKEN -> throw new Problem(409, "code: it belongs to another tip: give out another");
        };
    }

    private static Instant sentAt(JsonObject body) {
        try {
            return Instant.parse(Api.text(body, "sent_at"));
        } catch (DateTimeException e) {
            throw new Problem(422, "sent_at: write a time such as 2026-11-01T20:15:00Z");
        }
    }

    private Reply exposure() {
        var exposure = tips.exposure();
        var json = new JsonObject()
                .put("live", exposure.live())
                .put("by_status", new JsonObject(Map.copyOf(exposure.byStatus())))
                .put("under_old_peppers", exposure.underOldPeppers());
        if (exposure.live() > 0) {
            json.put("guesses_per_hit", 1_000_000 / exposure.live());
        }
        return Reply.ok(json.encode());
    }

    private Reply guessing() {
        var alarms = new JsonArray();
        guesses.alarms()
                .forEach(raised -> alarms.add(
                        new JsonObject().put("hour", raised.hour().toString()).put("kind", raised.kind())));
        return Reply.ok(new JsonObject()
                .put("mode", guesses.mode().name().toLowerCase(Locale.ROOT))
                .put("alarms", alarms)
                .encode());
    }

    private Reply hours() {
        var hours = new JsonArray();
        for (var hour : guesses.hours()) {
            hours.add(new JsonObject()
                    .put("hour", hour.hour().toString())
                    .put("kind", hour.kind())
                    .put("count", hour.count() < SMALL ? "fewer than " + SMALL : hour.count()));
        }
        return Reply.ok(hours.encode());
    }
}
