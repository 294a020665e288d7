package hotline.desk.api;

import hotline.callback.staff.AlertStore;
import hotline.callback.staff.AlertStore.Alert;
import hotline.desk.access.Scope;
import hotline.desk.http.Api;
import hotline.desk.http.Api.Reply;
import hotline.desk.http.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The API of alerts: when nobody is on duty, now or soon. */
public final class AlertApi {

    private static final int PAGE = 100;

    private final AlertStore alerts;

    public AlertApi(AlertStore alerts) {
        this.alerts = alerts;
    }

    public void mount(Api api) {
        api.route(HttpMethod.GET, "/api/v1/alerts", this::list, Scope.SUPERVISOR);
        api.act(
                HttpMethod.POST,
                "/api/v1/alerts/:id/acknowledge",
                "alert_seen",
                "id",
                this::acknowledge,
                Scope.SUPERVISOR);
    }

    private Reply list(RoutingContext request) {
        var listing = Listing.of(request, PAGE);
        return listing.reply(alerts.alerts(listing.afterNumber(), listing.sought()), AlertApi::json, Alert::id);
    }

    private static JsonObject json(Alert alert) {
        var json = new JsonObject()
                .put("id", alert.id())
                .put("kind", "rota_gap")
                .put("from", alert.from().toString())
                .put("raised_at", alert.raisedAt().toString());
        alert.to().ifPresent(time -> json.put("to", time.toString()));
        alert.seenAt().ifPresent(time -> json.put("seen_at", time.toString()));
        alert.endedAt().ifPresent(time -> json.put("ended_at", time.toString()));
        return json;
    }

    private Reply acknowledge(RoutingContext request) {
        var id = Api.path(request, "id");
        if (!id.matches("\\d{1,18}") || !alerts.seen(Long.parseLong(id))) {
            throw new Problem(404, "no such alert: list them with GET /api/v1/alerts");
        }
        return Reply.nothing();
    }
}
