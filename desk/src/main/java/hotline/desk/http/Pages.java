package hotline.desk.http;

import hotline.base.Csv;
import hotline.base.DatabaseUnavailable;
import hotline.base.Overloaded;
import hotline.desk.access.Account;
import hotline.desk.access.Scope;
import hotline.desk.access.Session;
import hotline.desk.access.SessionStore;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of the console. Each asks for a session first, and a page that names no scope is the administrator's alone, so that
 * nothing is open by being forgotten; a form must carry its session's token. Each visit runs on a virtual thread and may wait.
 */
public final class Pages {

    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
    private static final int LARGEST_FORM = 64 * 1024;
    private static final Set<String> FOR_WHO_OWES = Set.of(
            "/account", "/account/password", "/account/app", "/account/session", "/account/sessions", "/sign-out");

    private final Router router;
    private final SessionStore sessions;
    private final boolean secondFactor;
    private final ZoneId zone;
    private final InstantSource clock;
    private final Templates templates = new Templates();
    private final Menu menu = new Menu();
    private final List<Known> known = new ArrayList<>();

    /** A page that is served, and to whom: for the test that walks them all. */
    public record Known(HttpMethod method, String path, Set<Scope> scopes) {}

    /**
     * @param secondFactor whether everybody has to have an authenticator app
     * @param zone in which times are told
     */
    public Pages(Router router, SessionStore sessions, boolean secondFactor, ZoneId zone, InstantSource clock) {
        this.router = router;
        this.sessions = sessions;
        this.secondFactor = secondFactor;
        this.zone = zone;
        this.clock = clock;
        get("/", this::first, everybody());
    }

    /** What a page does; it may wait. A {@link Problem} or an {@link IllegalArgumentException} is the visitor's. */
    @FunctionalInterface
    public interface Handler {
        Answer handle(PageRequest visit);
    }

    /** An entry of the menu, after those of its group that are there. */
    public void menu(Menu.Group group, String path, String label, Scope... scopes) {
        menu.add(group, new Menu.Link(path, label), allowed(scopes));
    }

    /** @param scopes who may see it beside the administrator */
    public void get(String path, Handler handler, Scope... scopes) {
        var allowed = allowed(scopes);
        known.add(new Known(HttpMethod.GET, path, allowed));
        router.get(path).handler(request -> visit(request, path, allowed, handler));
    }

    public void post(String path, Handler handler, Scope... scopes) {
        post(path, LARGEST_FORM, handler, scopes);
    }

    /** @param largestForm in bytes */
    public void post(String path, int largestForm, Handler handler, Scope... scopes) {
        post(path, BodyHandler.create(false).setBodyLimit(largestForm), handler, scopes);
    }

    /** A form with a file, which {@link PageRequest#upload} holds. */
    public void upload(String path, int largestFile, Handler handler, Scope... scopes) {
        post(path, new Upload(largestFile), handler, scopes);
    }

    private void post(String path, io.vertx.core.Handler<RoutingContext> form, Handler handler, Scope... scopes) {
        var allowed = allowed(scopes);
        known.add(new Known(HttpMethod.POST, path, allowed));
        // The form is left where it is until it is known who sends it.
        router.post(path).handler(request -> admit(request, path, allowed));
        router.post(path).handler(form);
        router.post(path)
                .handler(request -> Thread.ofVirtual().name("form").start(() -> {
                    var visit = new PageRequest(request, session(request));
                    serve(visit, path, one -> {
                        checkToken(one);
                        return handler.handle(one);
                    });
                }));
    }

    /** What stays open for as long as a page does; the request is paused. */
    @FunctionalInterface
    public interface LiveHandler {
        void open(RoutingContext request, Session session);
    }

    public void live(String path, LiveHandler line, Scope... scopes) {
        var allowed = allowed(scopes);
        known.add(new Known(HttpMethod.GET, path, allowed));
        router.get(path).handler(request -> {
            var context = request.vertx().getOrCreateContext();
            request.request().pause();
            Thread.ofVirtual().name("live").start(() -> {
                var session = session(request, path, allowed);
                context.runOnContext(_ -> session.ifPresentOrElse(
                        found -> line.open(request, found),
                        () -> request.request().resume()));
            });
        });
    }

    /** For everybody who is signed in. */
    public static Scope[] everybody() {
        return Scope.values();
    }

    public List<Known> known() {
        return List.copyOf(known);
    }

    static boolean may(Account account, Scope... scopes) {
        return account.scopes().stream().anyMatch(allowed(scopes)::contains);
    }

    private static Set<Scope> allowed(Scope... scopes) {
        var allowed = EnumSet.of(Scope.ADMINISTRATOR);
        allowed.addAll(Arrays.asList(scopes));
        return allowed;
    }

    // ---- who asks ----

    private void visit(RoutingContext request, String path, Set<Scope> allowed, Handler handler) {
        Thread.ofVirtual()
                .name("page")
                .start(() -> session(request, path, allowed)
                        .ifPresent(session -> serve(new PageRequest(request, session), path, handler)));
    }

    private void admit(RoutingContext request, String path, Set<Scope> allowed) {
        if (isFromElsewhere(request)) {
            ErrorPage.show(
                    request, 403, "That form came from another site. Open the page here, and send it from there.");
            return;
        }
        var context = request.vertx().getOrCreateContext();
        request.request().pause();
        Thread.ofVirtual().name("page").start(() -> {
            var session = session(request, path, allowed);
            context.runOnContext(_ -> {
                request.request().resume();
                session.ifPresent(found -> {
                    request.put("session", found);
                    request.next();
                });
            });
        });
    }

    /** The session of whoever may do this; everybody else is answered here. */
    private Optional<Session> session(RoutingContext request, String path, Set<Scope> allowed) {
        try {
            var session = Cookies.session(request).flatMap(sessions::find);
            if (session.isEmpty()) {
                Arrival.signIn(request);
                return Optional.empty();
            }
            var account = session.get().account();
            if (owes(account) && !FOR_WHO_OWES.contains(path)) {
                Arrival.toAccount(request);
                return Optional.empty();
            }
            if (account.scopes().stream().noneMatch(allowed::contains)) {
                trouble(
                        new PageRequest(request, session.get()),
                        new Problem(403, "this page is not for your role: ask an administrator for it"));
                return Optional.empty();
            }
            return session;
        } catch (DatabaseUnavailable e) {
            ErrorPage.show(request, 503, "The database cannot be reached now. Try again in a moment.");
        } catch (RuntimeException e) {
            LOG.error("a request failed: its session cannot be looked up", e);
            ErrorPage.show(request, 500, "This is our fault. Tell whoever runs the hotline: its log says more.");
        }
        return Optional.empty();
    }

    /** A password of one's own, or an app: until then nothing else is shown. */
    private boolean owes(Account account) {
        return !account.provided() && (account.first() || (secondFactor && !account.secondFactor()));
    }

    /** Browsers say where a form comes from. */
    public static boolean isFromElsewhere(RoutingContext request) {
        var site = request.request().getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    private static Session session(RoutingContext request) {
        return Optional.<Session>ofNullable(request.get("session")).orElseThrow();
    }

    private static void checkToken(PageRequest visit) {
        var header = Optional.ofNullable(visit.request().request().getHeader("X-Csrf"));
        var shown = header.orElseGet(() -> visit.field("csrf")).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(shown, visit.session().csrf().getBytes(StandardCharsets.UTF_8))) {
            throw new Problem(403, "this form is from an earlier session: load the page again, and send it from there");
        }
    }

    // ---- what is answered ----

    private Answer first(PageRequest visit) {
        return Answer.go(menu.first(visit.account()), "");
    }

    private void serve(PageRequest visit, String path, Handler handler) {
        try {
            answer(visit, 200, handler.handle(visit));
        } catch (Problem e) {
            trouble(visit, e);
        } catch (Csv.Unreadable e) {
            // A failure of a part is shown on top of the page; this belongs beside the table.
            trouble(visit, visit.ofPart() ? 200 : 422, "Nothing was changed", "table-wrong.jte", e.lines());
        } catch (IllegalArgumentException e) {
            trouble(visit, new Problem(422, String.valueOf(e.getMessage())));
        } catch (DatabaseUnavailable e) {
            trouble(visit, new Problem(503, "the database cannot be reached now: try again in a moment"));
        } catch (Overloaded e) {
            trouble(visit, new Problem(503, "the server has too much to do now: try again in a moment"));
        } catch (RuntimeException e) {
            // The pattern, not the path, which may hold a tip code.
            LOG.error("a request failed: {} {}", visit.request().request().method(), path, e);
            trouble(visit, new Problem(500, "this is our fault: look at the server's log"));
        }
    }

    private void trouble(PageRequest visit, Problem problem) {
        trouble(visit, problem.status(), "That did not work", "trouble.jte", String.valueOf(problem.getMessage()));
    }

    private void trouble(PageRequest visit, int status, String title, String template, Object view) {
        answer(visit, status, visit.ofPart() ? Answer.part(template, view) : Answer.page(title, template, view));
    }

    private void answer(PageRequest visit, int status, Answer answer) {
        var response = visit.request().response();
        switch (answer) {
            case Answer.Page page ->
                html(response, status, templates.page(page, shell(visit, page.title(), Cookies.told(visit.request()))));
            case Answer.Part part ->
                html(response, status, templates.part(part.template(), shell(visit, "", ""), part.view()));
            case Answer.Redirect go -> {
                if (!go.told().isEmpty()) {
                    Cookies.tell(visit.request(), go.told());
                }
                if (visit.ofPart()) {
                    response.setStatusCode(204)
                            .putHeader("HX-Redirect", go.path())
                            .end();
                } else {
                    response.setStatusCode(303).putHeader("Location", go.path()).end();
                }
            }
            case Answer.File file -> {
                if (!file.name().isEmpty()) {
                    response.putHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
                }
                response.putHeader("Content-Type", file.type());
                if (file.name().isEmpty()) {
                    Ranges.send(visit.request(), file.content());
                } else {
                    end(response, status, file.content());
                }
            }
        }
    }

    private Layout shell(PageRequest visit, String title, String told) {
        var path = String.valueOf(visit.request().request().path());
        return new Layout(title, path, menu.shown(visit.account()), visit.session(), told, zone, clock.instant());
    }

    /** A page for whoever is not signed in. */
    public static void html(HttpServerResponse response, int status, String html) {
        end(response.putHeader("Content-Type", "text/html; charset=utf-8"), status, Buffer.buffer(html));
    }

    static void plain(RoutingContext request, int status, String words) {
        end(request.response().putHeader("Content-Type", "text/plain; charset=utf-8"), status, Buffer.buffer(words));
    }

    private static void end(HttpServerResponse response, int status, Buffer content) {
        if (!response.ended()) {
            response.setStatusCode(status).end(content);
        }
    }
}
