package hotline.tips;

import hotline.callback.console.Api;
import hotline.callback.console.Api.Reply;
import hotline.callback.console.Problem;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;

/** The API of tips: coordinators give codes, and set what their callers hear. */
public final class TipApi {

    private final TipStore tips;

    public TipApi(TipStore tips) {
        this.tips = tips;
    }

    public void mount(Api api) {
        api.route(
                HttpMethod.POST,
                "/api/v1/tips",
                _ -> Reply.created(new JsonObject().put("code", tips.issue().digits())));
        api.route(HttpMethod.PUT, "/api/v1/tips/:code", this::set);
    }

    private Reply set(RoutingContext request) {
        var code = new TipCode(Api.path(request, "code"));
        tips.set(code, status(Api.text(Api.body(request, "status"), "status")));
        return Reply.nothing();
    }

    private static TipStatus status(String word) {
        return Arrays.stream(TipStatus.values())
                .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        422, "status: write received, in_review, arrest, reward_approved, closed or retired"));
    }
}
