package hotline.agi;

import hotline.call.Dialled.Result;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trunk's last answer to a call of ours, and what it says of the number that was dialed: RFC 3261, RFC 5079 (433),
 * RFC 8197 (607), RFC 8688 (608), and ATIS-1000099, by which a filter of the network answers "603 Network Blocked". A
 * plain 603 may be a hand's or a filter's: nothing in it tells. Asterisk passes on the answer's line, and no header of it.
 *
 * @param words the phrase behind the number
 * @param rang whether the other side had told us before that it rings, or let us hear so
 */
record SipAnswer(int status, String words, boolean rang) {

    private static final Pattern LINE = Pattern.compile("SIP (?<status>[1-6]\\d\\d)\\b ?(?<words>.*)");

    private static final int CANCELLED = 487;

    /** @param line as Asterisk's {@code HANGUPCAUSE(channel,tech)} has it, such as {@code SIP 603 Decline} */
    static Optional<SipAnswer> parse(String line, boolean rang) {
        return Optional.of(LINE.matcher(line))
                .filter(Matcher::matches)
                .map(found -> new SipAnswer(Integer.parseInt(found.group("status")), found.group("words"), rang))
                .filter(answer -> answer.status >= 400);
    }

    /** Whether it may be no more than the echo of our own hanging up. */
    boolean isCancelled() {
        return status == CANCELLED;
    }

    Result result() {
        return switch (status) {
            case 486, 600 -> Result.BUSY;
            case 480 -> Result.NO_ANSWER;
            // Nobody answered in time: a person, where it rang; else not even the network did.
            case 408, CANCELLED -> rang ? Result.NO_ANSWER : Result.CONGESTED;
            case 404, 410, 484, 485, 604 -> Result.NO_SUCH_NUMBER;
            case 433 -> Result.ANONYMOUS_REFUSED;
            case 603 -> words.toLowerCase(Locale.ROOT).contains("block") ? Result.BLOCKED : Result.DECLINED;
            case 607, 608 -> Result.BLOCKED;
            case 400, 401, 402, 403, 405, 407, 413, 414, 415, 416, 420, 421, 488, 493, 606 -> Result.TRUNK_REFUSED;
            default -> status < 600 ? Result.CONGESTED : Result.DECLINED;
        };
    }
}
