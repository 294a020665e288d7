package hotline.tips;

import static hotline.callback.Scope.OFFICER;

import hotline.callback.console.Api;
import hotline.callback.console.Api.Reply;
import hotline.callback.console.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The API of tips that were left by voice: an officer's. */
public final class SpokenTipApi {

    private static final int SHORTEST_REASON = 8;
    private static final int LONGEST_REASON = 300;
    private static final int RATE = 8_000;

    private final SpokenTipStore tips;

    public SpokenTipApi(SpokenTipStore tips) {
        this.tips = tips;
    }

    public void mount(Api api) {
        api.route(HttpMethod.GET, "/api/v1/tips/spoken", _ -> list(), OFFICER);
        api.route(HttpMethod.POST, "/api/v1/tips/spoken/:id/listen", this::listen, OFFICER);
    }

    private Reply list() {
        var list = new JsonArray();
        for (var tip : tips.all()) {
            list.add(new JsonObject()
                    .put("id", tip.id().toString())
                    .put("reference", SpokenTipStore.reference(tip.id()))
                    .put("left_on", tip.leftOn().toString())
                    .put("erased_on", tip.erasedOn().toString())
                    .put("seconds", tip.seconds())
                    .put("language", tip.language())
                    .put("disguised", tip.disguised())
                    .put("listened", tip.listened()));
        }
        return Reply.ok(list.encode());
    }

    private Reply listen(RoutingContext request) {
        var id = Api.path(request, "id");
        var reason = Api.text(Api.body(request, "reason"), "reason");
        if (reason.length() < SHORTEST_REASON
                || reason.length() > LONGEST_REASON
                || reason.matches("(?s).*\\p{Cntrl}.*")) {
            throw new Problem(422, "reason: write why you listen, in 8 to 300 characters");
        }
        return (id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                        ? tips.listen(UUID.fromString(id), Api.who(request).name(), reason)
                        : java.util.Optional.<byte[]>empty())
                .map(sound -> Reply.ok("audio/wav", wav(sound)))
                .orElseThrow(() ->
                        new Problem(404, "no such message: it may be erased; list them with GET /api/v1/tips/spoken"));
    }

    /** With a header of 44 bytes: one channel of 16 bit samples (Microsoft, Multimedia Programming Interface, RIFF WAVE). */
    private static Buffer wav(byte[] sound) {
        return ascii("RIFF")
                .appendIntLE(36 + sound.length)
                .appendBuffer(ascii("WAVEfmt "))
                .appendIntLE(16)
                .appendShortLE((short) 1)
                .appendShortLE((short) 1)
                .appendIntLE(RATE)
                .appendIntLE(RATE * Short.BYTES)
                .appendShortLE((short) Short.BYTES)
                .appendShortLE((short) Short.SIZE)
                .appendBuffer(ascii("data"))
                .appendIntLE(sound.length)
                .appendBytes(sound);
    }

    private static Buffer ascii(String text) {
        return Buffer.buffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
