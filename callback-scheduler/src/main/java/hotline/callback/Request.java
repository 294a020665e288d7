package hotline.callback;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A caller's request. Its id is chosen before it is first entered, so that a try whose end is not known can be made again.
 *
 * @param askedAt when the caller asked, where that was before it is entered; empty for now
 * @param confirmed whether the caller confirmed the number, or only hung up after giving it
 */
public record Request(UUID id, Optional<Instant> askedAt, PhoneNumber number, Wishes wishes, boolean confirmed) {

    public static Request now(PhoneNumber number, Wishes wishes, boolean confirmed) {
        return new Request(TimeOrderedId.next(), Optional.empty(), number, wishes, confirmed);
    }

    public Request askedAt(Instant time) {
        return new Request(id, Optional.of(time), number, wishes, confirmed);
    }
}
