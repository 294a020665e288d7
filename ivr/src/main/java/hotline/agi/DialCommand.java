package hotline.agi;

import hotline.call.Dial;
import hotline.call.Dialled;
import hotline.call.Dialled.Result;
import java.time.Duration;

/** The {@code Dial} application: how it is asked for, and what its variables say afterwards. */
final class DialCommand {

    /** Set on a channel that has dialled, so that a server that was started anew knows. */
    static final String MADE = "HOTLINE_DIALLED";

    private static final Duration LONGEST_TALK = Duration.ofHours(3);
    private static final String CALLABLE = "[2-9]\\d{2}[2-9]\\d{6}";

    private DialCommand() {}

    /** @throws IllegalArgumentException when a number is none: nothing else may reach the dial string */
    static String of(Dial dial) {
        var seconds = dial.ringFor().toSeconds();
        return switch (dial) {
            case Dial.Outside outside ->
                "EXEC Dial \"PJSIP/1%s@trunk,%d,g\"".formatted(callable(outside.number()), seconds);
            case Dial.Staff staff ->
                "EXEC Dial \"%s,%d,gr\"".formatted(String.join("&", staff.phones().stream().map(DialCommand::leg).toList()), seconds);
        };
    }

    private static String leg(String phone) {
        return "Local/" + (phone.equals("browser") ? phone : "1" + callable(phone)) + "@ring-staff/n";
    }

    private static String callable(String number) {
        if (!number.matches(CALLABLE)) {
            throw new IllegalArgumentException("not ten digits that can be dialled");
        }
        return number;
    }

    static Duration limit(Dial dial) {
        return dial.ringFor().plus(LONGEST_TALK);
    }

    /** Causes 1 and 28 of Q.850: a number that is not given to anybody, or not a whole one. */
    static Dialled outcome(String status, String cause, String answeredSeconds) {
        var result = switch (status) {
            case "ANSWER" -> Result.ANSWERED;
            case "BUSY" -> Result.BUSY;
            case "NOANSWER" -> Result.NO_ANSWER;
            case "CANCEL" -> Result.GIVEN_UP;
            default -> cause.matches("1|28") ? Result.NO_SUCH_NUMBER : Result.CONGESTED;
        };
        var talked = answeredSeconds.matches("\\d{1,9}") ? Long.parseLong(answeredSeconds) : 0;
        return new Dialled(result, Duration.ofSeconds(talked));
    }
}
