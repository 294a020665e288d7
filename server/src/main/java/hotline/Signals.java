package hotline;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGTERM and SIGINT. The JDK's only door to them is {@code sun.misc.Signal}, which the compiler warns of wherever it is
 * named; a shutdown hook would not do, as those of others (the embedded database's) run beside it.
 */
final class Signals {

    private Signals() {}

    /**
     * @param first done on a thread of its own at the first signal
     * @param again done at each later one
     */
    static void onEnd(Runnable first, Runnable again) {
        var told = new AtomicBoolean();
        InvocationHandler handler = (_, _, _) -> {
            var done = told.getAndSet(true) ? again : first;
            Thread.ofPlatform().name("end").start(done);
            return null;
        };
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handles = Class.forName("sun.misc.SignalHandler");
            var ours = Proxy.newProxyInstance(handles.getClassLoader(), new Class<?>[] {handles}, handler);
            for (var name : List.of("TERM", "INT")) {
                signal.getMethod("handle", signal, handles)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java cannot be told of a signal: use a JDK 25", e);
        }
    }
}
