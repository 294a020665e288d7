package hotline.callback;

import hotline.callback.Callback.Ask;
import hotline.callback.Callback.Dialling;
import hotline.callback.Callback.Facts;
import hotline.callback.Callback.Marks;
import hotline.callback.Callback.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** One request at 3:12 p.m. that is due at 3:42, and what may happen to it. */
final class Sample {

    static final Instant ASKED = Instant.parse("2026-11-02T20:12:00Z");
    static final Duration PROMISE = Duration.ofMinutes(30);
    static final Instant DUE = ASKED.plus(PROMISE);
    static final UUID OFFER = UUID.fromString("6f1d2c1e-6c1b-4a53-9f0f-2f3d8f6a7b10");
    static final Ladder LADDER =
            Ladder.parse("PT0S first, PT3M next, PT6M all, PT12M supervisor, PT20M at_risk every PT2M, PT25M manager");

    private Sample() {}

    static Instant minute(double minutes) {
        return ASKED.plusMillis(Math.round(minutes * 60_000));
    }

    static Waiting waiting() {
        return waiting(0);
    }

    /** After so many tries. */
    static Waiting waiting(int attempts) {
        var facts = new Facts(
                UUID.fromString("0e0c8a4e-55a5-4d0e-8a56-0f6c53a5b7c2"),
                new Ask(Wishes.cautious("es"), true),
                ASKED,
                DUE,
                attempts,
                0,
                Marks.NONE);
        return new Waiting(facts, Round.begin(ASKED));
    }

    /** Claimed and dialled at this minute. */
    static Dialling dialled(double minute) {
        return dialled(minute, 0);
    }

    static Dialling dialled(double minute, int attempts) {
        return waiting(attempts).claim(OFFER).dial(minute(minute));
    }
}
