package hotline.prompts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All sounds of a language: the prompts, and the pieces that phrases are put together from. */
final class Catalogue {

    private static final int HOURS = 24;
    private static final int MINUTES = 60;
    private static final int NUMBERS = 100;
    private static final Duration PIECE = Duration.ofSeconds(3);

    private Catalogue() {}

    /** One sound to be made. */
    sealed interface Sound {
        String key();
    }

    /**
     * Said by a voice, or by a person who recorded it.
     *
     * @param when the moment of the call
     * @param limit how long it may last
     */
    record Spoken(String key, String when, String words, Language voice, Duration limit) implements Sound {}

    record Silence(String key, Duration length) implements Sound {}

    /** The tone before a recording. */
    record Tone(String key, Duration length, int hertz) implements Sound {}

    static List<Sound> of(Language language) {
        var sounds = new ArrayList<Sound>();
        for (var prompt : Prompt.values()) {
            sounds.add(new Spoken(
                    prompt.key(), prompt.when(), prompt.words(language), prompt.voice(language), prompt.limit()));
        }
        for (var digit = 0; digit < 10; digit++) {
            sounds.add(piece("digit-" + digit, language, cardinal(digit, language)));
        }
        for (var number = 0; number < NUMBERS; number++) {
            sounds.add(piece("number-" + number, language, counted(number, language)));
        }
        for (var hour = 0; hour < HOURS; hour++) {
            sounds.add(piece("hour-" + hour, language, hour(hour, language)));
        }
        for (var minute = 0; minute < MINUTES; minute++) {
            sounds.add(piece("minute-%02d".formatted(minute), language, minute(minute, language)));
        }
        sounds.add(piece("noon", language, language == Language.EN ? "noon" : "las doce del mediodía"));
        sounds.add(piece("midnight", language, language == Language.EN ? "midnight" : "la medianoche"));
        for (var part : PartOfDay.values()) {
            var key = "part-of-day-" + part.name().toLowerCase(Locale.ROOT);
            sounds.add(piece(key, language, language == Language.EN ? part.english : part.spanish));
        }
        for (var millis : List.of(250, 500, 1000)) {
            sounds.add(new Silence("pause-" + millis, Duration.ofMillis(millis)));
        }
        sounds.add(new Tone("beep", Duration.ofMillis(300), 800));
        return sounds;
    }

    private static Spoken piece(String key, Language language, String words) {
        return new Spoken(key, "a piece of a number or a time", words, language, PIECE);
    }

    private static String cardinal(int number, Language language) {
        return language == Language.EN ? Numerals.cardinal(number) : String.valueOf(number);
    }

    /** Before a noun: Spanish says "un minuto", "veintiún minutos". */
    private static String counted(int number, Language language) {
        if (language == Language.ES && number % 10 == 1 && number != 11) {
            return number == 1 ? "un" : number == 21 ? "veintiún" : number - 1 + " y un";
        }
        return cardinal(number, language);
    }

    private static String hour(int hour, Language language) {
        var onTheClock = hour % 12 == 0 ? 12 : hour % 12;
        if (language == Language.EN) {
            return Numerals.cardinal(onTheClock);
        }
        return onTheClock == 1 ? "la una" : "las " + onTheClock;
    }

    private static String minute(int minute, Language language) {
        if (minute == 0) {
            return language == Language.EN ? "o'clock" : "en punto";
        } else if (language == Language.EN) {
            return Numerals.minute(minute);
        }
        return "y " + minute;
    }

    private enum PartOfDay {
        NIGHT("ay em", "de la madrugada"),
        MORNING("ay em", "de la mañana"),
        AFTERNOON("pee em", "de la tarde"),
        EVENING("pee em", "de la noche");

        private final String english;
        private final String spanish;

        PartOfDay(String english, String spanish) {
            this.english = english;
            this.spanish = spanish;
        }
    }
}
