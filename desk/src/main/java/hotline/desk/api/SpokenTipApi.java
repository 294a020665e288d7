package hotline.desk.api;

import static hotline.desk.access.Scope.OFFICER;

import hotline.desk.http.Api;
import hotline.desk.http.Api.Reply;
import hotline.desk.http.OwnWords;
import hotline.desk.http.Problem;
import hotline.prompts.Wav;
import hotline.tips.SpokenTipStore;
import hotline.tips.SpokenTipStore.Kept;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The API of tips that were left by voice: an officer's. */
public final class SpokenTipApi {

    private final SpokenTipStore tips;

    public SpokenTipApi(SpokenTipStore tips) {
        this.tips = tips;
    }

    public void mount(Api api) {
        api.route(HttpMethod.GET, "/api/v1/tips/spoken", this::list, OFFICER);
        api.route(HttpMethod.POST, "/api/v1/tips/spoken/:id/listen", this::listen, OFFICER);
    }

    private Reply list(RoutingContext request) {
        var listing = Listing.of(request, Listing.LONGEST);
        var all = tips.all();
        var before = listing.after()
                .map(last -> 1
                        + all.stream()
                                .takeWhile(kept -> !kept.id().toString().equals(last))
                                .count())
                .orElse(0L);
        return listing.reply(all.stream().skip(before).toList(), SpokenTipApi::json, Kept::id);
    }

    private static JsonObject json(Kept tip) {
        return new JsonObject()
                .put("id", tip.id().toString())
                .put("reference", SpokenTipStore.reference(tip.id()))
                .put("left_on", tip.leftOn().toString())
                .put("erased_on", tip.erasedOn().toString())
                .put("seconds", tip.seconds())
                .put("language", tip.language())
                .put("disguised", tip.disguised())
                .put("listened", tip.listened());
    }

    private Reply listen(RoutingContext request) {
        var id = Api.path(request, "id");
        var reason = OwnWords.reason("reason", "you listen", Api.text(Api.body(request, "reason"), "reason"));
        return SpokenTipStore.id(id)
                .flatMap(found -> tips.listen(found, Api.who(request).name(), reason))
                .map(sound -> Reply.ok(Wav.TYPE, Buffer.buffer(Wav.telephone(sound))))
                .orElseThrow(() ->
                        new Problem(404, "no such message: it may be erased; list them with GET /api/v1/tips/spoken"));
    }
}
