package hotline.callback.journal;

import hotline.base.DatabaseUnavailable;
import hotline.base.Loop;
import hotline.callback.CallbackService;
import hotline.callback.journal.JournalEntry.Amended;
import hotline.callback.journal.JournalEntry.Asked;
import hotline.callback.journal.JournalEntry.Ready;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the database what the journal keeps, oldest first, once it is back: each entry first told, then removed. */
public final class Replay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final Journal journal;
    private final CallbackService desk;
    private final Loop loop = Loop.every("journal", AGAIN, this::run);

    public Replay(Journal journal, CallbackService desk, MeterRegistry meters) {
        this.journal = journal;
        this.desk = desk;
        Gauge.builder("hotline.journal.entries", journal, Journal::size)
                .description("What callers asked that the database has not been told yet: 0 is well")
                .strongReference(true)
                .register(meters);
    }

    public void start() {
        loop.start();
    }

    /** The database may be back: try now. */
    public void wake() {
        loop.wake();
    }

    private void run() {
        try {
            replay();
        } catch (RuntimeException e) {
            // Not its message, which may name what the caller said.
            LOG.error(
                    "the journal cannot be read out; retrying in {} ({})",
                    AGAIN,
                    e.getClass().getName());
        }
    }

    /** Once through: what cannot be told stays. One that the database refuses does not hold up the others. */
    void replay() {
        for (var entry : journal.entries()) {
            try {
                tell(entry);
            } catch (DatabaseUnavailable e) {
                return;
            } catch (RuntimeException e) {
                // Its message may name what was refused, which is the caller's.
                LOG.error(
                        "call-back {} cannot be taken from the journal: {}",
                        entry.callback(),
                        e.getClass().getName());
                continue;
            }
            journal.remove(entry);
            LOG.info("call-back {} is taken from the journal", entry.callback());
        }
    }

    private void tell(JournalEntry entry) {
        switch (entry) {
            case Asked(var request) -> desk.enter(request);
            case Amended(var id, var wishes, var name) -> desk.amend(id, wishes, name);
            case Ready(var id) -> desk.ready(id);
        }
    }

    /** Returns once it does nothing any more. */
    @Override
    public void close() {
        loop.close();
    }
}
