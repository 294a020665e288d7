package hotline.desk.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
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
public final class Cookies {

    private static final String SESSION = "hotline-session";
    private static final String DEVICE = "hotline-device";
    private static final String TOLD = "hotline-told";
    private static final String AWAY = "hotline-away";
    private static final Duration AWAY_FOR = Duration.ofMinutes(10);
    private static final String DISPLAY = "hotline-display";

    /** No browser keeps one for longer (RFC 6265bis, 5.5). */
    private static final Duration DISPLAY_KEPT = Duration.ofDays(400);

    private static final Duration DEVICE_KEPT = Duration.ofDays(90);

    private Cookies() {}

    public static Optional<String> session(RoutingContext request) {
        return value(request, name(request, SESSION));
    }

    public static Optional<String> device(RoutingContext request) {
        return value(request, name(request, DEVICE));
    }

    /** What a display shows. */
    static Optional<String> display(RoutingContext request) {
        return value(request, name(request, DISPLAY));
    }

    static void display(RoutingContext request, String shown) {
        request.response().addCookie(cookie(name(request, DISPLAY), shown).setMaxAge(DISPLAY_KEPT.toSeconds()));
    }

    public static void signedIn(RoutingContext request, String session, String device) {
        request.response().addCookie(cookie(name(request, SESSION), session));
        request.response().addCookie(cookie(name(request, DEVICE), device).setMaxAge(DEVICE_KEPT.toSeconds()));
    }

    public static void signedOut(RoutingContext request) {
        request.response().addCookie(cookie(name(request, SESSION), "").setMaxAge(0));
    }

    /** Said on the next page, once. */
    static void tell(RoutingContext request, String words) {
        var told = URLEncoder.encode(words, StandardCharsets.UTF_8);
        request.response().addCookie(cookie(name(request, TOLD), told).setMaxAge(60));
    }

    public static String told(RoutingContext request) {
        var name = name(request, TOLD);
        var told = value(request, name);
        told.ifPresent(_ -> request.response().addCookie(cookie(name, "").setMaxAge(0)));
        try {
            return URLDecoder.decode(told.orElse(""), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** What is kept while somebody is at the provider's; sent when they come back from there, as no stricter one is. */
    public static void away(RoutingContext request, String words) {
        request.response()
                .addCookie(cookie(name(request, AWAY), words)
                        .setMaxAge(AWAY_FOR.toSeconds())
                        .setSameSite(CookieSameSite.LAX));
    }

    /** Good once. */
    public static Optional<String> back(RoutingContext request) {
        var name = name(request, AWAY);
        var kept = value(request, name);
        request.response().addCookie(cookie(name, "").setMaxAge(0).setSameSite(CookieSameSite.LAX));
        return kept;
    }

    /** What the visitor's browser speaks, as the proxy in front says. */
    public static boolean secure(RoutingContext request) {
        return "https".equals(request.request().getHeader("X-Forwarded-Proto"));
    }

    /**
     * Whether a browser keeps what we give it here: what is {@code Secure} it keeps over TLS, and on its own machine. Where it does,
     * it says which site it comes from (Fetch Metadata, §2), also when the proxy in front has not said that it speaks TLS.
     */
    public static boolean areKept(RoutingContext request) {
        return secure(request)
                || request.request().getHeader("Sec-Fetch-Site") != null
                || Address.isOfThisMachine(request.request());
    }

    private static String name(RoutingContext request, String name) {
        return secure(request) ? "__Host-" + name : name;
    }

    private static Optional<String> value(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getCookie(name))
                .map(Cookie::getValue)
                .filter(text -> !text.isEmpty());
    }

    private static Cookie cookie(String name, String value) {
        return Cookie.cookie(name, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(true)
                .setSameSite(CookieSameSite.STRICT);
    }
}
