package hotline.agi;

import java.util.Optional;
import java.util.regex.Pattern;

/** What Asterisk answered to a command. */
sealed interface AgiReply {

    /**
     * Code 200.
     *
     * @param result the word after {@code result=}; may be empty
     * @param data what stands in parentheses after it, such as {@code timeout} or a variable's value
     */
    record Success(String result, Optional<String> data) implements AgiReply {

        /** Asterisk's sign that the call is gone, or that what was asked for failed. */
        boolean failed() {
            return result.equals("-1");
        }

        /** The key that ended what was played or awaited: Asterisk tells its ASCII code, or 0. */
        String key() {
            return result.matches("3[5-9]|4[0-9]|5[0-7]") ? String.valueOf((char) Integer.parseInt(result)) : "";
        }
    }

    /** Code 511: the call is gone, and this command needs it. */
    record DeadChannel() implements AgiReply {}

    /** Codes 510 and 520: a command that Asterisk does not know or does not understand. */
    record Refused(String line) implements AgiReply {}

    Pattern SUCCESS = Pattern.compile("200 result=([^ ]{0,64})(?: \\((.*)\\))?(?: .*)?");

    /** @throws AgiBroken when the line is none of these */
    static AgiReply parse(String line) {
        var success = SUCCESS.matcher(line);
        if (success.matches()) {
            return new Success(success.group(1), Optional.ofNullable(success.group(2)));
        } else if (line.startsWith("511 ")) {
            return new DeadChannel();
        } else if (line.startsWith("510 ") || line.startsWith("520 ")) {
            return new Refused(line);
        }
        throw new AgiBroken("a reply that is none");
    }
}
