package hotline.desk.softphone;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a staff member's window may say to Asterisk: that its own phone is there, and what belongs to a call that rang it.
 * It begins no call, and is nobody else's phone.
 */
final class SipGate {

    private static final Pattern FOLDED = Pattern.compile("\r\n[ \t]+");
    private static final Pattern IN_A_CALL =
            Pattern.compile("<[^<>]*>\\s*;\\s*tag=[^\\s;]+.*", Pattern.CASE_INSENSITIVE);

    private SipGate() {}

    /** @param desk the name of the window's own phone */
    static boolean mayPass(String message, String desk) {
        // An answer, or the answer to whether the line lives.
        if (message.startsWith("SIP/2.0 ") || message.isBlank()) {
            return true;
        }
        var head = FOLDED.matcher(message.split("\r\n\r\n", 2)[0])
                .replaceAll(" ")
                .lines()
                .toList();
        var from = header(head, "from", "f");
        var to = header(head, "to", "t");
        if (from.size() != 1 || to.size() != 1) {
            return false;
        }
        return head.getFirst().startsWith("REGISTER ")
                ? names(from.getFirst(), desk) && names(to.getFirst(), desk)
                : IN_A_CALL.matcher(to.getFirst()).matches();
    }

    private static List<String> header(List<String> head, String name, String abbreviated) {
        return head.stream()
                .skip(1)
                .map(text -> text.split(":", 2))
                .filter(values -> values.length == 2)
                .filter(values ->
                        List.of(name, abbreviated).contains(values[0].strip().toLowerCase(Locale.ROOT)))
                .map(values -> values[1].strip())
                .toList();
    }

    private static boolean names(String value, String desk) {
        return value.startsWith("<sip:" + desk + "@") && value.indexOf('<', 1) < 0;
    }
}
