package hotline.flow;

import static hotline.prompts.Prompt.CROWDED;
import static hotline.prompts.Prompt.CROWDED_CHOICES;
import static hotline.prompts.Prompt.EXPECT_ABOUT;
import static hotline.prompts.Prompt.PROMISE_BY;
import static hotline.prompts.Prompt.PROMISE_LATE;

import hotline.callback.CallbackService.Promise;
import hotline.prompts.Phrase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** When a person calls, as the caller hears it: to the minute, in the hotline's zone, and honestly. */
record CallTime(ZoneId zone) {

    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    /** After a request was entered. */
    Phrase promised(Promise promise) {
        if (promise.late()) {
            return Phrase.of(PROMISE_LATE);
        }
        return promise.expectedAt()
                .map(time -> Phrase.of(EXPECT_ABOUT).then(about(time)))
                .orElseGet(() -> Phrase.of(PROMISE_BY).then(clock(promise.dueAt())));
    }

    /** Before the caller decides whether to stay on the line. */
    Phrase crowded(Instant expectedAt) {
        return Phrase.of(CROWDED).then(about(expectedAt)).then(CROWDED_CHOICES);
    }

    /** An estimate is not told to the minute: to the next five. */
    private Phrase about(Instant expectedAt) {
        return clock(Instant.ofEpochSecond(
                Math.ceilDiv(expectedAt.getEpochSecond(), FIVE_MINUTES.toSeconds()) * FIVE_MINUTES.toSeconds()));
    }

    private Phrase clock(Instant time) {
        return Phrase.clockTime(time.atZone(zone).toLocalTime());
    }
}
