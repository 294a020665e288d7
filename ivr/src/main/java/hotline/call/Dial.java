package hotline.call;

import java.time.Duration;
import java.util.List;

/** Whom to dial, for how long, and which number they see. */
public sealed interface Dial {

    /** How long it rings at the most. */
    Duration ringFor();

    /**
     * One outside number.
     *
     * @param number ten digits, North American
     * @param shownNumber ten digits that the dialled phone shows
     * @param hidden whether the dialled phone shows no number at all
     */
    record Outside(String number, String shownNumber, boolean hidden, Duration ringFor) implements Dial {}

    /**
     * Staff who ring together; the first to press 1 is connected, the other phones stop.
     *
     * @param phones ten digits each, {@code browser} or {@code desk7}
     * @param line what the staff member is told before the key: which line this caller rang
     */
    record Staff(List<String> phones, Line line, Duration ringFor) implements Dial {

        public Staff {
            phones = List.copyOf(phones);
        }
    }

    /** The two lines that callers ring. */
    enum Line {
        TIP,
        TRAUMA
    }
}
