package hotline.base.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The database's clock, as a node last read it and carried on by a time that only goes on. What a node notes and shows by itself
 * then agrees with what the database rules, whatever the node's own clock is set to, also while the database is gone.
 */
public final class DatabaseClock implements InstantSource {

    /** An answer that took longer says too little of now. */
    private static final Duration PROMPT = Duration.ofSeconds(2);

    private final InstantSource own;
    private final LongSupplier steadyNanos;
    private volatile Optional<Instant> steadyBegan = Optional.empty();

    /**
     * @param own counts until the database was read
     * @param steadyNanos a time that only goes on
     */
    public DatabaseClock(InstantSource own, LongSupplier steadyNanos) {
        this.own = own;
        this.steadyNanos = steadyNanos;
    }

    /** Reads the database's clock; an answer that comes late, as when this node stood still meanwhile, changes nothing. */
    public void read(Supplier<Instant> database) {
        var asked = steadyNanos.getAsLong();
        var told = database.get();
        var took = steadyNanos.getAsLong() - asked;
        if (took <= PROMPT.toNanos()) {
            steadyBegan = Optional.of(told.minusNanos(asked + took / 2));
        }
    }

    @Override
    public Instant instant() {
        return steadyBegan.map(time -> time.plusNanos(steadyNanos.getAsLong())).orElseGet(own::instant);
    }
}
