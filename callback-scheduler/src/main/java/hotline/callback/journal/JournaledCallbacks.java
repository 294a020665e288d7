package hotline.callback.journal;

import hotline.base.DatabaseUnavailable;
import hotline.callback.CallbackService;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.journal.JournalEntry.Amended;
import hotline.callback.journal.JournalEntry.Asked;
import hotline.callback.journal.JournalEntry.Ready;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A desk that keeps a request in the journal when the database cannot be reached, or is too slow for a caller. */
public final class JournaledCallbacks implements CallbackService {

    /** A caller waits for this, however many statements it takes; a try that ends later is the same request. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final CallbackService desk;
    private final Journal journal;
    private final InstantSource clock;

    public JournaledCallbacks(CallbackService desk, Journal journal, InstantSource clock) {
        this.desk = desk;
        this.journal = journal;
        this.clock = clock;
    }

    /** Who asked while the database was gone and asks again is owed the call by the first time. */
    @Override
    public Entered enter(Request request) {
        var earlier = journal.request(request.number());
        var now = clock.instant();
        try {
            return inTime(() -> {
                earlier.ifPresent(desk::enter);
                return desk.enter(request);
            });
        } catch (DatabaseUnavailable e) {
            if (earlier.isPresent() || journal.keep(new Asked(request.askedAt(now)))) {
                return new Journaled(earlier.orElse(request).id());
            }
            throw e;
        }
    }

    @Override
    public void amend(UUID callback, Wishes wishes, Optional<byte[]> spokenName) {
        orKeep(() -> desk.amend(callback, wishes, spokenName), new Amended(callback, wishes, spokenName));
    }

    @Override
    public void ready(UUID callback) {
        orKeep(() -> desk.ready(callback), new Ready(callback));
    }

    /** What is kept for a call-back already is told to the database first. */
    private void orKeep(Runnable move, JournalEntry entry) {
        if (journal.holds(entry.callback()) && journal.keep(entry)) {
            return;
        }
        try {
            inTime(() -> {
                move.run();
                return true;
            });
        } catch (DatabaseUnavailable e) {
            if (!journal.keep(entry)) {
                throw e;
            }
        }
    }

    @Override
    public void cancel(PhoneNumber presented) {
        desk.cancel(presented);
    }

    private static <T> T inTime(Supplier<T> move) {
        var task = new FutureTask<>(move::get);
        Thread.ofVirtual().name("desk").start(task);
        try {
            return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (TimeoutException e) {
            throw new DatabaseUnavailable("the database was not done within " + PATIENCE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnavailable("interrupted", e);
        }
    }
}
