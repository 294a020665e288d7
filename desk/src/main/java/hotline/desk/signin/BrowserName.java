package hotline.desk.signin;

import hotline.desk.access.Browser;
import hotline.desk.http.Cookies;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * What a browser is, in words that its owner knows it by: {@code Firefox on Android}. Read from its {@code User-Agent}, of which
 * nothing else is kept; what it says there is only for its owner's eye, since anybody may send anything.
 */
final class KindOfBrowser {

    private record Family(String mark, String name) {}

    /** Most name those that they descend from, too: the first that fits is meant. */
    private static final List<Family> FAMILIES = List.of(
            new Family("Edg/", "Edge"),
            new Family("EdgA/", "Edge"),
            new Family("EdgiOS/", "Edge"),
            new Family("OPR/", "Opera"),
            new Family("SamsungBrowser/", "Samsung Internet"),
            new Family("Firefox/", "Firefox"),
            new Family("FxiOS/", "Firefox"),
            new Family("CriOS/", "Chrome"),
            new Family("Chrome/", "Chrome"),
            new Family("Safari/", "Safari"));

    private static final List<Family> SYSTEMS = List.of(
            new Family("Android", "Android"),
            new Family("iPhone", "an iPhone"),
            new Family("iPad", "an iPad"),
            new Family("Windows", "Windows"),
            new Family("Macintosh", "a Mac"),
            new Family("CrOS", "a Chromebook"),
            new Family("Linux", "Linux"));

    private KindOfBrowser() {}

    /** The browser that sent this request. */
    static Browser asking(RoutingContext request) {
        var words = Optional.ofNullable(request.request().getHeader("User-Agent"));
        return new Browser(Cookies.device(request), Cookies.session(request), of(words.orElse("")));
    }

    static String of(String userAgent) {
        var browser = first(FAMILIES, userAgent).orElse("a browser");
        return first(SYSTEMS, userAgent).map(it -> browser + " on " + it).orElse(browser);
    }

    private static Optional<String> first(List<Family> families, String userAgent) {
        return families.stream()
                .filter(it -> userAgent.contains(it.mark()))
                .map(Family::name)
                .findFirst();
    }
}
