package hotline.desk.http;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people write in their own words. Many read it and it is kept for long, so no telephone number stands in it. */
public final class OwnWords {

    private static final int LONGEST_NOTE = 500;
    private static final int SHORTEST_REASON = 8;
    private static final int LONGEST_REASON = 300;

    /** Month and day in the order that is written here or in the other, with a year; or with the year first. */
    private static final Pattern DATE = Pattern.compile("(?<!\\d)(?:[0-3]?\\d([-./])[0-3]?\\d\\1(?:19|20)?\\d\\d"
            + "|(?:19|20)\\d\\d([-./])[01]?\\d\\2[0-3]?\\d)(?!\\d)");

    /** Digits, and what people write between those of a number. */
    private static final Pattern DIGITS = Pattern.compile("\\d+(?:[\\s\\p{Z}\\p{Pd}().·•/]+\\d+)*");

    /** An area code and an exchange as the North American Numbering Plan has them, and four digits. */
    private static final Pattern NUMBER = Pattern.compile("1?[2-9](?!11)[0-8]\\d[2-9](?!11)\\d{6}");

    private static final int LONGEST_NUMBER = 11;

    private OwnWords() {}

    /**
     * A note, or why something is done.
     *
     * @param field as the person knows it, such as {@code your note}
     * @return the same on one line
     * @throws Problem when it is too long or has a number
     */
    public static String note(String field, String text) {
        if (text.length() > LONGEST_NOTE) {
            throw new Problem(422, field + ": write at most " + LONGEST_NOTE + " characters");
        }
        return withoutNumber(field, text).replaceAll("\\p{Cntrl}+", " ");
    }

    /**
     * Why somebody is told what is confided.
     *
     * @param why such as {@code you listen}
     * @throws Problem when it says too little, is more than a line, or has a number
     */
    public static String reason(String field, String why, String text) {
        if (text.length() < SHORTEST_REASON || text.length() > LONGEST_REASON || text.matches("(?s).*\\p{Cntrl}.*")) {
            throw new Problem(
                    422,
                    "%s: write why %s, in %d to %d characters".formatted(field, why, SHORTEST_REASON, LONGEST_REASON));
        }
        return withoutNumber(field, text);
    }

    private static String withoutNumber(String field, String text) {
        if (hasNumber(text)) {
            throw new Problem(
                    422,
                    field + ": ten of its digits can be a telephone number, and none is kept here: leave them out;"
                            + " dates and times may stay");
        }
        return text;
    }

    private static boolean hasNumber(String text) {
        var plain = text.codePoints()
                .mapToObj(one ->
                        Character.isDigit(one) ? Integer.toString(Character.digit(one, 10)) : Character.toString(one))
                .collect(Collectors.joining());
        return DIGITS.matcher(DATE.matcher(plain).replaceAll(";"))
                .results()
                .anyMatch(found -> isNumberInGroups(found.group().split("\\D+")));
    }

    /** Whether some groups that follow each other are a number: {@code apartment 5 617-234-5671} has one. */
    private static boolean isNumberInGroups(String... groups) {
        for (var from = 0; from < groups.length; from++) {
            var joined = "";
            for (var to = from; to < groups.length && joined.length() < LONGEST_NUMBER; to++) {
                joined += groups[to];
                if (NUMBER.matcher(joined).matches()) {
                    return true;
                }
            }
        }
        return false;
    }
}
