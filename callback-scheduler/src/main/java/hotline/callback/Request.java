package hotline.callback;

import hotline.callback.Callback.Ask;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A caller's request. Its id is chosen before it is first entered, so that a try whose end is not known can be made again.
 *
 * @param askedAt when the caller asked, where that was before it is entered; empty for now
 * @param call in which it is asked, and which still goes on; empty once it has ended
 */
public record Request(UUID id, Optional<Instant> askedAt, PhoneNumber number, Ask ask, Optional<UUID> call) {

    public static Request now(PhoneNumber number, Ask ask, Optional<UUID> call) {
        return new Request(TimeOrderedId.next(), Optional.empty(), number, ask, call);
    }

    public Request askedAt(Instant time) {
        return new Request(id, Optional.of(time), number, ask, Optional.empty());
    }
}
