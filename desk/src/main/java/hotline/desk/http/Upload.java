package hotline.desk.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Takes a form with a file into memory. Of one that is too large the rest is read and thrown away, so that the browser hears
 * why; what never ends is cut.
 */
final class Upload implements Handler<RoutingContext> {

    private static final String FILE = "upload";
    private static final String TOO_LARGE = "upload-too-large";
    private static final int PATIENCE = 4;

    private final int largest;

    /** @param largest in bytes */
    Upload(int largest) {
        this.largest = largest;
    }

    @Override
    public void handle(RoutingContext request) {
        var form = request.request().setExpectMultipart(true);
        var file = Buffer.buffer();
        var read = new long[1];
        form.uploadHandler(upload -> upload.handler(part -> {
            read[0] += part.length();
            if (read[0] <= largest) {
                file.appendBuffer(part);
            } else if (read[0] > (long) PATIENCE * largest) {
                form.connection().close();
            }
        }));
        form.exceptionHandler(_ -> Api.fail(request, new Problem(400, "the form cannot be read: send it again")));
        form.endHandler(_ -> {
            request.put(FILE, file);
            request.put(TOO_LARGE, read[0] > largest ? largest : 0);
            if (!request.response().ended()) {
                request.next();
            }
        });
    }

    static Buffer of(RoutingContext request) {
        var limit = Optional.<Integer>ofNullable(request.get(TOO_LARGE)).orElse(0);
        if (limit > 0) {
            throw new Problem(413, "this file is too large: send at most " + (limit >> 20) + " MB");
        }
        return Optional.<Buffer>ofNullable(request.get(FILE))
                .filter(bytes -> bytes.length() > 0)
                .orElseThrow(() -> new Problem(422, "choose a file first"));
    }
}
