package hotline;

import hotline.base.DatabaseUnavailable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A service that is there a moment after the calls are. The first words of a call need none; whoever asks for it meanwhile
 * waits as long as for a slow database, and then goes on without.
 */
final class Late {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Late() {}

    static <T> T of(Class<T> type, CompletableFuture<? extends T> service) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, values) -> {
            try {
                return method.invoke(await(service), values);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private static <T> T await(CompletableFuture<T> service) {
        try {
            return service.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new DatabaseUnavailable("the database is not there yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("the server is ending", e);
        }
    }
}
