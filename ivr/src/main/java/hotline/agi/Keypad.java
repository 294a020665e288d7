package hotline.agi;

import static hotline.agi.AgiCommands.AT_ONCE;
import static hotline.agi.AgiCommands.quoted;

import hotline.agi.AgiReply.Success;
import hotline.prompts.Phrase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** What a caller hears and presses meanwhile. As few commands as can be, since a key that is pressed between two of them is lost. */
final class Keypad {

    private static final Duration FIRST_KEY = Duration.ofSeconds(10);

    /** So long the first key may take after a question. It is played, as a key that comes between two commands is lost. */
    private static final Phrase TIME_FOR_A_KEY = new Phrase(Collections.nCopies(
            (int) FIRST_KEY.toSeconds(),
            Phrase.pause(Duration.ofSeconds(1)).sounds().getFirst()));

    private static final Duration NEXT_KEY = Duration.ofSeconds(5);
    private static final Duration LONGEST_PHRASE = Duration.ofMinutes(3);

    /** Who presses a key within so long has not heard what is asked. */
    private static final Duration UNHEARD = Duration.ofSeconds(1);

    /** More than anybody who means one of them. */
    private static final int MOST_AHEAD = 20;

    private final AgiCommands commands;
    private final Deque<String> ahead = new ArrayDeque<>();
    private final Presses presses = new Presses();
    private boolean entryWasFull;

    Keypad(AgiCommands commands) {
        this.commands = commands;
    }

    /** Forgets what was pressed so far. */
    void clear() {
        ahead.clear();
        entryWasFull = false;
    }

    /** Says the phrase, unless a key already waits; a key stops it, and waits from then on. */
    void say(Phrase phrase) {
        if (ahead.isEmpty()) {
            keep(background(phrase));
        }
    }

    /** Says every word of the phrase, and goes on after each key; they wait from then on. */
    void sayAll(Phrase phrase) {
        entryWasFull = false;
        for (var sound : phrase.sounds()) {
            var from = 0L;
            for (var pressed = "?"; !pressed.isEmpty(); ) {
                var begun = System.nanoTime();
                var played =
                        commands.attempt("STREAM FILE " + quoted(sound) + " \"0123456789*#\" " + from, LONGEST_PHRASE);
                pressed = played.map(Success::key).orElse("");
                from = played.map(Success::position).orElse(0L);
                keep(counts(pressed, begun) ? pressed : "");
            }
        }
    }

    /** Waits by listening, so that a hang-up is noticed; keys wait for the next question. */
    void pause(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        for (var left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
            var key = waitForKey(Duration.ofMillis(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left))));
            if (key.isEmpty()) {
                return;
            }
            keep(key);
        }
    }

    /** The answer is in keys that came after the question was begun, and not at once. */
    String ask(Phrase phrase, int mostKeys) {
        ahead.clear();
        var begun = System.nanoTime();
        var first = firstKey(phrase);
        for (var early = 1; isEarly(first, begun) && early < MOST_AHEAD; early++) {
            begun = System.nanoTime();
            first = firstKey(phrase);
        }
        return isEarly(first, begun) ? "" : entry(first, mostKeys);
    }

    private static boolean isEarly(String key, long begun) {
        return !key.isEmpty() && System.nanoTime() - begun < UNHEARD.toNanos();
    }

    /** The answer may have been pressed before. */
    String askAhead(Phrase phrase, int mostKeys) {
        return entry(ahead.isEmpty() ? firstKey(phrase) : ahead.remove(), mostKeys);
    }

    private String entry(String first, int mostKeys) {
        if (first.isEmpty() || first.equals("#")) {
            return "";
        }
        var entry = first.equals("*") || mostKeys == 1 ? first : first + moreKeys(mostKeys - 1);
        entryWasFull = entry.length() == mostKeys;
        return entry;
    }

    private String firstKey(Phrase phrase) {
        var asked = System.nanoTime();
        var key = background(phrase.then(TIME_FOR_A_KEY));
        var left = FIRST_KEY.minusNanos(System.nanoTime() - asked);
        // Where a sound is missing nobody had the time.
        return key.isEmpty() && left.isPositive() ? waitForKey(left) : key;
    }

    /** One by one until it is known that this telephone sends each press once: then all at a time, and none can be lost. */
    private String moreKeys(int most) {
        var more = new StringBuilder();
        while (more.length() < most) {
            if (ahead.isEmpty() && presses.areSentOnce()) {
                var left = most - more.length();
                var command = "GET DATA \"\" " + NEXT_KEY.toMillis() + " " + left;
                return more
                        + commands.verb(command, NEXT_KEY.multipliedBy(left + 1L))
                                .keys(left);
            }
            var key = ahead.isEmpty() ? waitForKey(NEXT_KEY) : ahead.remove();
            if (key.isEmpty() || key.equals("#")) {
                break;
            }
            more.append(key);
        }
        return more.toString();
    }

    /** A {@code #} alone answers no question, and one that it answered would not be heard. */
    private void keep(String key) {
        if (!key.isEmpty() && !key.equals("#") && ahead.size() < MOST_AHEAD) {
            ahead.add(key);
        }
    }

    /** Plays until a key comes. A {@code #} that trails a full entry is swallowed, and the phrase begun again. */
    private String background(Phrase phrase) {
        var command = "EXEC Background " + quoted(sounds(phrase));
        var key = key(command, LONGEST_PHRASE);
        var trailing = key.equals("#") && entryWasFull;
        entryWasFull = false;
        return trailing ? key(command, LONGEST_PHRASE) : key;
    }

    private String waitForKey(Duration time) {
        return key("WAIT FOR DIGIT " + time.toMillis(), time.plus(AT_ONCE));
    }

    /** Does the command until it ends without a key, or with one that counts. */
    private String key(String command, Duration limit) {
        while (true) {
            var begun = System.nanoTime();
            var key = commands.verb(command, limit).key();
            if (counts(key, begun)) {
                return key;
            }
        }
    }

    private boolean counts(String key, long begun) {
        var now = System.nanoTime();
        presses.listened(begun, now);
        return key.isEmpty() || presses.counts(key, now);
    }

    static String sounds(Phrase phrase) {
        return String.join("&", phrase.sounds());
    }
}
