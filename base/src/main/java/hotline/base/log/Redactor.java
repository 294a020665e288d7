package hotline.base.log;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Masks what may be a telephone number or a tip code, whoever wrote it into a line. Our own types mask themselves; this is for what
 * slips past them, in our lines or a library's.
 */
final class Redactor {

    /** Six digits or more in a row; or in the groups in which people write numbers (3-3-4) and codes (3-3). */
    private static final Pattern SECRET = Pattern.compile(
            "(?<![\\w])\\+?\\d{6,}(?![\\w])|(?<![\\w.])(?:\\+?1[-. ]?)?\\(?\\d{3}\\)?[-. ]{1,2}\\d{3}[-. ]\\d{4}(?!\\w)"
                    + "|(?<![\\w.:-])\\d{3}[- ]\\d{3}(?![\\w.:-])");

    private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n\\x85\\u2028\\u2029]+");

    /** A stack trace's own lines begin so; what else follows a line break was in a message. */
    private static final Pattern OWN_LINE_BREAK = Pattern.compile("\\R(?=\t|Caused by: |Wrapped by: |$)");

    /** With which a terminal is told to do something else than to show text. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\t\n]]");

    private Redactor() {}

    /** On one line: line breaks are shown, not written, so that nobody forges a line. */
    static String onOneLine(String message) {
        return CONTROL.matcher(LINE_BREAKS.matcher(message).replaceAll("\\\\n")).replaceAll("?");
    }

    /** A stack trace on lines that all look like a stack trace's. */
    static String onOwnLines(String trace) {
        return OWN_LINE_BREAK
                .splitAsStream(trace)
                .filter(text -> !text.isEmpty())
                .map(text -> onOneLine(text) + "\n")
                .collect(Collectors.joining());
    }

    static String masked(String line) {
        return SECRET.matcher(line).replaceAll("…");
    }
}
