package hotline;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/** Another program has a port of ours, or this machine has no such address. */
final class PortUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private PortUnavailable(String advice, Throwable why) {
        super(advice, why);
    }

    /**
     * Waits until it is listened at.
     *
     * @param setting that names the place, such as {@code HOTLINE_HTTP=127.0.0.1:8080}
     */
    static void unless(Future<?> listening, String setting) {
        try {
            var _ = listening.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            var why = e.getCause() == null ? e : e.getCause();
            throw new PortUnavailable(
                    setting + ": nobody can listen there (" + why.getMessage()
                            + "): end the program that does ('ss -lntup' shows it), or write another address or port",
                    why);
        }
    }
}
