package hotline.desk.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells open pages that something changed, as server-sent events. What changed is not told: a page asks for it, so that
 * a page that missed something is wrong for a moment only.
 */
public final class Events {

    private static final int MOST_PAGES = 1_000;
    private static final long HEARTBEAT_MS = 5_000;

    /** Whoever is signed out meanwhile is not told for longer: a page comes back by itself, and is asked who it is. */
    private static final long LONGEST_MS = 600_000;

    /** Many changes within this time are told once. */
    private static final long TOGETHER_MS = 100;

    private final Vertx vertx;
    private final Context context;
    private final Set<HttpServerResponse> pages = new HashSet<>();
    private final AtomicBoolean changed = new AtomicBoolean();

    public Events(Vertx vertx) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        vertx.setPeriodic(HEARTBEAT_MS, _ -> context.runOnContext(_ -> tell("event: alive\ndata:\n\n")));
    }

    /** Something changed; may be called from any thread. */
    public void changed() {
        if (changed.compareAndSet(false, true)) {
            vertx.setTimer(
                    TOGETHER_MS,
                    _ -> context.runOnContext(_ -> {
                        changed.set(false);
                        tell("event: changed\ndata:\n\n");
                    }));
        }
    }

    public void open(RoutingContext request) {
        context.runOnContext(_ -> {
            if (pages.size() >= MOST_PAGES) {
                Api.fail(request, new Problem(503, "too many pages are open: close some, then load this one again"));
                return;
            }
            var page =
                    request.response().setChunked(true).putHeader("Content-Type", "text/event-stream; charset=utf-8");
            page.closeHandler(_ -> context.runOnContext(_ -> pages.remove(page)));
            page.exceptionHandler(_ -> context.runOnContext(_ -> pages.remove(page)));
            pages.add(page);
            vertx.setTimer(LONGEST_MS, _ -> context.runOnContext(_ -> end(page)));
            page.write("event: changed\ndata:\n\n");
        });
    }

    /** A page that does not read is not waited for: it is closed, and comes back by itself. */
    private void tell(String event) {
        for (var page : Set.copyOf(pages)) {
            if (page.closed() || page.writeQueueFull()) {
                end(page);
            } else {
                page.write(event);
            }
        }
    }

    private void end(HttpServerResponse page) {
        if (pages.remove(page)) {
            page.reset();
        }
    }
}
