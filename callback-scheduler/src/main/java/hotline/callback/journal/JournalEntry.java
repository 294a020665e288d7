package hotline.callback.journal;

import hotline.callback.Request;
import hotline.callback.Wishes;
import java.util.Optional;
import java.util.UUID;

/** What is kept until the database is back. */
sealed interface JournalEntry {

    /** The call-back that it is about. */
    UUID callback();

    /** Somebody asked for a call. */
    record Asked(Request request) implements JournalEntry {

        @Override
        public UUID callback() {
            return request.id();
        }
    }

    /** The caller said how to be called, and perhaps a name. */
    record Amended(UUID callback, Wishes wishes, Optional<byte[]> spokenName) implements JournalEntry {}

    /** The caller was off the line. */
    record Ready(UUID callback) implements JournalEntry {}
}
