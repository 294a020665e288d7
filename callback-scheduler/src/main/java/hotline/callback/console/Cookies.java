package hotline.callback.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What a browser keeps for us. Behind a proxy that speaks TLS the names begin with {@code __Host-}, so that no other host can
 * set them; a browser on this machine is not offered that over plain HTTP.
 */
final class Cookies {

    private static final String SESSION = "hotline-session";
    private static final String DEVICE = "hotline-device";
    private static final String TOLD = "hotline-told";
    private static final Duration DEVICE_KEPT = Duration.ofDays(90);

    private Cookies() {}

    static Optional<String> session(RoutingContext request) {
        return value(request, name(request, SESSION));
    }

    static Optional<String> device(RoutingContext request) {
        return value(request, name(request, DEVICE));
    }

    static void signedIn(RoutingContext request, String session, String device) {
        request.response().addCookie(cookie(name(request, SESSION), session));
        request.response().addCookie(cookie(name(request, DEVICE), device).setMaxAge(DEVICE_KEPT.toSeconds()));
    }

    static void signedOut(RoutingContext request) {
        request.response().addCookie(cookie(name(request, SESSION), "").setMaxAge(0));
    }

    /** Said on the next page, once. */
    static void tell(HttpServerResponse response, String words) {
        response.addCookie(
                cookie(TOLD, URLEncoder.encode(words, StandardCharsets.UTF_8)).setMaxAge(60));
    }

    static String told(RoutingContext request) {
        var told = value(request, TOLD);
        told.ifPresent(_ -> request.response().addCookie(cookie(TOLD, "").setMaxAge(0)));
        try {
            return URLDecoder.decode(told.orElse(""), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String name(RoutingContext request, String name) {
        return "https".equals(request.request().getHeader("X-Forwarded-Proto")) ? "__Host-" + name : name;
    }

    private static Optional<String> value(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getCookie(name))
                .map(Cookie::getValue)
                .filter(it -> !it.isEmpty());
    }

    private static Cookie cookie(String name, String value) {
        return Cookie.cookie(name, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(true)
                .setSameSite(CookieSameSite.STRICT);
    }
}
