package hotline.desk.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sends the part that is asked for: some browsers play a sound in no other way (RFC 9110, section 14). */
final class Ranges {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{1,9})-(\\d{0,9})");

    private Ranges() {}

    static void send(RoutingContext request, Buffer content) {
        var response = request.response().putHeader("Accept-Ranges", "bytes");
        var asked = ONE.matcher(
                Optional.ofNullable(request.request().getHeader("Range")).orElse(""));
        var size = content.length();
        if (!asked.matches()) {
            response.end(content);
            return;
        }
        var from = Integer.parseInt(asked.group(1));
        var to = asked.group(2).isEmpty() ? size : Math.min(size, Integer.parseInt(asked.group(2)) + 1);
        if (from < to) {
            response.setStatusCode(206)
                    .putHeader("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size)
                    .end(content.slice(from, to));
        } else {
            response.setStatusCode(416)
                    .putHeader("Content-Range", "bytes */" + size)
                    .end();
        }
    }
}
