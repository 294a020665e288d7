package hotline.callback;

import hotline.callback.Callback.Claimed;
import hotline.callback.Callback.Closing;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A call-back that was asked for at noon, with half an hour to keep it, in each of its states. */
final class Owed {

    static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    static final UUID OFFER = new UUID(0, 2);
    static final Ladder LADDER = Ladder.parse(
            "PT0S first, PT3M next, PT6M all, PT12M supervisor," + " PT20M at_risk every PT2M, PT25M manager");

    private Owed() {}

    static Instant minute(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    static Waiting waiting() {
        return new Waiting(facts(0), Round.begin(NOON));
    }

    static Claimed claimed() {
        return waiting().claim(OFFER);
    }

    static Dialling dialling(Instant at) {
        return claimed().dial(at);
    }

    /** Dialled at noon, after so many tries. */
    static Dialling dialling(int attempts) {
        return new Dialling(facts(attempts), Round.begin(NOON), OFFER, NOON);
    }

    static Facts facts(int attempts) {
        return new Facts(
                new UUID(0, 1),
                Wishes.cautious("en"),
                true,
                NOON,
                minute(30),
                attempts,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Closing closing(Instant at) {
        return new Closing(at, Disposition.TALKED, "a supervisor called");
    }
}
