package hotline.callback.ami;

/** The manager interface is lines: a value with a line break in it would be a second header, or a second action. */
final class Clean {

    private static final int LONGEST = 1_000;

    private Clean() {}

    /** @throws IllegalArgumentException when the value holds a control character or is too long for a header */
    static String value(String value) {
        if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a value for Asterisk's manager interface holds a control character or is too long");
        }
        return value;
    }
}
