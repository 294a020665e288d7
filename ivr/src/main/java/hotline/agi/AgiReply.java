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
     * @param position where what was played has stopped, in samples; 0 where none is told
     */
    record Success(String result, Optional<String> data, long position) implements AgiReply {

        /**
         * The key that ended what was played or awaited, or none: Asterisk tells its ASCII code, or 0. The keys A to D
         * are on no caller's telephone and count as none.
         *
         * @throws AgiBroken when the result is no key
         */
        String key() {
            return switch (result) {
                case "0", "65", "66", "67", "68" -> "";
                case "35" -> "#";
                case "42" -> "*";
                case "48", "49", "50", "51", "52", "53", "54", "55", "56", "57" ->
                    String.valueOf((char) Integer.parseInt(result));
                default -> throw new AgiBroken("a result that is no key");
            };
        }

        /**
         * The keys of an entry; empty on silence.
         *
         * @throws AgiBroken when the result is no entry of at most so many keys
         */
        String keys(int most) {
            if (!result.matches("[0-9*#A-D]{0," + most + "}")) {
                throw new AgiBroken("a result that is no entry");
            }
            return result.replaceAll("[#A-D]", "");
        }
    }

    /** Code 511: the call is gone, and this command needs it. */
    record DeadChannel() implements AgiReply {}

    /** Codes 510 and 520: a command that Asterisk does not know or does not understand. */
    record Refused() implements AgiReply {}

    Pattern SUCCESS = Pattern.compile("200 result=([^ ]{0,64})(?: \\((.*)\\))?(?: endpos=(\\d{1,18}))?(?: .*)?");

    /** @throws AgiBroken when the line is none of these */
    static AgiReply parse(String line) {
        var success = SUCCESS.matcher(line);
        if (success.matches()) {
            var position = success.group(3);
            return new Success(
                    success.group(1),
                    Optional.ofNullable(success.group(2)),
                    position == null ? 0 : Long.parseLong(position));
        } else if (line.startsWith("511 ")) {
            return new DeadChannel();
        } else if (line.startsWith("510 ") || line.startsWith("520 ")) {
            return new Refused();
        }
        throw new AgiBroken("a reply that is none");
    }
}
