package hotline.log;

import java.util.regex.Pattern;

/**
 * Masks what may be a telephone number or a tip code, whoever wrote it into a line. Our own types mask themselves; this is for what
 * slips past them, in our lines or a library's.
 */
final class Mask {

    /** Six digits or more in a row; or in the groups in which people write numbers (3-3-4) and codes (3-3). */
    private static final Pattern SECRET = Pattern.compile(
            "(?<![\\w])\\+?\\d{6,}(?![\\w])|(?<![\\w.])(?:\\+?1[-. ]?)?\\(?\\d{3}\\)?[-. ]{1,2}\\d{3}[-. ]\\d{4}(?!\\w)"
                    + "|(?<![\\w.:-])\\d{3}[- ]\\d{3}(?![\\w.:-])");

    private Mask() {}

    static String masked(String line) {
        return SECRET.matcher(line).replaceAll("…");
    }
}
