package hotline.desk.signin;

import hotline.desk.access.Browser;
import hotline.desk.http.Cookies;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Predicate;
import ua_parser.Parser;

/**
 * Names a browser so that its owner knows it again: {@code Firefox on Windows}. Read from its {@code User-Agent}, of which
 * nothing else is kept; it is shown to its owner alone, since anybody may send anything.
 */
final class BrowserName {

    /** Longer ones are cut: patterns run over them before anybody has signed in. (Our own figure.) */
    private static final int LONGEST = 300;

    private static final Parser PARSER = new Parser();

    private BrowserName() {}

    /** The browser that sent this request. */
    static Browser asking(RoutingContext request) {
        var userAgent = Optional.ofNullable(request.request().getHeader("User-Agent"));
        return new Browser(Cookies.device(request), Cookies.session(request), of(userAgent.orElse("")));
    }

    static String of(String userAgent) {
        var found = PARSER.parse(userAgent.substring(0, Math.min(userAgent.length(), LONGEST)));
        var browser = known(found.userAgent.family).orElse("a browser");
        return known(found.os.family).map(text -> browser + " on " + text).orElse(browser);
    }

    private static Optional<String> known(String family) {
        return Optional.of(family).filter(Predicate.not("Other"::equals));
    }
}
