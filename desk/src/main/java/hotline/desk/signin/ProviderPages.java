package hotline.desk.signin;

import hotline.base.DatabaseUnavailable;
import hotline.desk.access.OpenIdProvider;
import hotline.desk.access.OpenIdProvider.Going;
import hotline.desk.access.ProviderStore;
import hotline.desk.access.ProviderUnavailable;
import hotline.desk.access.SignInStore;
import hotline.desk.http.Address;
import hotline.desk.http.Arrival;
import hotline.desk.http.Cookies;
import hotline.desk.http.ErrorPage;
import hotline.desk.http.Pages;
import hotline.desk.http.Templates;
import hotline.desk.http.Throttle;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in by an OpenID provider: there, and back again. */
public final class ProviderPages {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderPages.class);
    private static final String BACK = "/sign-in/back";

    private final OpenIdProvider provider;
    private final ProviderStore accounts;
    private final SignInStore signIns;
    private final Templates templates = new Templates();

    /** Of one address: each asks the provider. */
    private final Throttle strangers = new Throttle(20, 0.5);

    public ProviderPages(OpenIdProvider provider, ProviderStore accounts, SignInStore signIns) {
        this.provider = provider;
        this.accounts = accounts;
        this.signIns = signIns;
    }

    public void mount(Router router) {
        router.get("/sign-in/provider").handler(request -> serve(request, this::go));
        router.get(BACK).handler(request -> serve(request, this::come));
        router.get("/signed-out").handler(request -> serve(request, this::signedOut));
    }

    /** The browser keeps what belongs to this one sign-in; the provider's answer is good with it alone. */
    private void go(RoutingContext request) {
        if (!Cookies.areKept(request)) {
            Arrival.go(request, Arrival.signInFor(SignInPages.next(request)));
            return;
        }
        var going = provider.begin(here(request));
        Cookies.away(
                request, String.join("|", going.state(), going.nonce(), going.verifier(), SignInPages.next(request)));
        Arrival.go(request, going.to().toString());
    }

    private void come(RoutingContext request) {
        var kept = Cookies.back(request).map(text -> text.split("\\|")).filter(values -> values.length == 4);
        if (kept.isEmpty()) {
            ErrorPage.show(request, 403, "This sign-in did not begin in this browser, or too long ago. Sign in again.");
            return;
        }
        var went = new Going(here(request), kept.get()[0], kept.get()[1], kept.get()[2]);
        var came = URI.create(here(request) + "?" + request.request().query());
        var person = provider.back(here(request), came, went);
        var account = accounts.provided(person);
        if (account.isEmpty()) {
            ErrorPage.show(
                    request,
                    403,
                    "Your organization knows you as " + person.name()
                            + ", but that does not yet say which account here is yours. You are on the administrators' list now:"
                            + " ask one to link you, under Accounts, then sign in again.");
            return;
        }
        var in = signIns.vouched(account.get(), BrowserName.asking(request));
        Cookies.signedIn(request, in.session(), in.device());
        Arrival.goOn(request, Arrival.signInFor(kept.get()[3]) + "&in=1");
    }

    private void signedOut(RoutingContext request) {
        var end = provider.end().map(URI::toString).orElse("");
        Pages.html(request.response(), 200, templates.alone("signed-out.jte", end));
    }

    private void serve(RoutingContext request, Consumer<RoutingContext> page) {
        Thread.ofVirtual().name("provider").start(() -> {
            try {
                if (strangers.admits(Address.of(request.request()), System.nanoTime())) {
                    page.accept(request);
                } else {
                    ErrorPage.show(request, 429, "Too many sign-ins from here. Wait half a minute, then try again.");
                }
            } catch (OpenIdProvider.Refused e) {
                LOG.warn("the provider's word was refused: {}", why(e));
                ErrorPage.show(request, 403, String.valueOf(e.getMessage()));
            } catch (DatabaseUnavailable | ProviderUnavailable e) {
                LOG.warn("the provider, or the database, did not answer a sign-in: {}", why(e));
                ErrorPage.show(
                        request, 503, "Your organization's sign-in, or the database, does not answer. Try again soon.");
            } catch (RuntimeException e) {
                LOG.error("a request failed: a sign-in by the provider", e);
                ErrorPage.show(request, 500, "This is our fault. Tell whoever runs the hotline: its log says more.");
            }
        });
    }

    private static String why(RuntimeException refused) {
        return String.valueOf(Optional.ofNullable(refused.getCause())
                .map(Throwable::getMessage)
                .orElse(refused.getMessage()));
    }

    /** The address that the provider has on its list for us: whatever else a visitor makes of it is refused there. */
    private static URI here(RoutingContext request) {
        var scheme = Cookies.secure(request) ? "https" : "http";
        return URI.create(scheme + "://" + request.request().authority() + BACK);
    }
}
