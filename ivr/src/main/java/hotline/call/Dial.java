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
     * Staff who ring in waves: the first four at once, four more each eight seconds; a phone that is busy or declines makes room
     * for the next. The first to press 1 is connected, the other phones stop.
     *
     * @param phones ten digits each, {@code browser} or {@code desk7}, in the order in which they ring
     * @param line what the staff member is told before the key: which line this caller rang
     */
    record Staff(List<String> phones, Line line) implements Dial {

        /** How many ring at once, and how long after each other, in the dialplan. */
        public static final int WAVE = 4;

        private static final Duration EACH = Duration.ofSeconds(8);

        /** A phone's ringing, and the time to listen and to press 1 once it was answered. */
        private static final Duration LAST_WAVE = Duration.ofSeconds(45);

        private static final Duration AT_MOST = Duration.ofMinutes(3);

        public Staff {
            phones = List.copyOf(phones);
        }

        /** Until everybody has been called; a caller hears more than ringing after three minutes. */
        @Override
        public Duration ringFor() {
            var all = EACH.multipliedBy(Math.max(0, phones.size() - 1) / WAVE).plus(LAST_WAVE);
            return all.compareTo(AT_MOST) < 0 ? all : AT_MOST;
        }
    }

    /** The two lines that callers ring. */
    enum Line {
        TIP,
        TRAUMA
    }
}
