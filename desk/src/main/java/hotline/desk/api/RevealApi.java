package hotline.desk.api;

import hotline.callback.ledger.RevealStore;
import hotline.callback.ledger.RevealStore.Revealed;
import hotline.desk.access.Scope;
import hotline.desk.http.Api;
import hotline.desk.http.Api.Reply;
import hotline.desk.http.OwnWords;
import hotline.desk.http.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Tells a caller's number to staff who say why, such as where the telephones are down. Each time is audited. */
public final class RevealApi {

    private final RevealStore numbers;

    public RevealApi(RevealStore numbers) {
        this.numbers = numbers;
    }

    public void mount(Api api) {
        api.route(HttpMethod.POST, "/api/v1/callbacks/:id/reveal", this::reveal, Scope.SUPERVISOR, Scope.RESPONDER);
    }

    private Reply reveal(RoutingContext request) {
        var reason = OwnWords.reason("reason", "you need the number", Api.text(Api.body(request, "reason"), "reason"));
        var callback = CallbackApi.id(Api.path(request, "id"));
        return switch (numbers.reveal(callback, Api.who(request).name(), reason)) {
            case Revealed.Told told ->
                Reply.ok(new JsonObject().put("number", told.number().digits()).encode());
            case Revealed.Erased _ -> throw new Problem(410, "its number is erased: its retention is over");
            case Revealed.Unknown _ -> throw CallbackApi.unknown();
        };
    }
}
