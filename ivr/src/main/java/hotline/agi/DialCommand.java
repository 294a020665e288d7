package hotline.agi;

import hotline.base.RingList;
import hotline.call.Dial;
import hotline.call.Dialled;
import hotline.call.Dialled.Result;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The {@code Dial} application: how it is asked for, and what its variables say afterwards. */
final class DialCommand {

    private static final Duration LONGEST_TALK = Duration.ofHours(3);

    /** So many of {@code ring-staff} overlap. */
    private static final int WAVES = 7;

    private static final String CALLABLE = "[2-9]\\d{2}[2-9]\\d{6}";

    private DialCommand() {}

    /** @throws IllegalArgumentException when a number is none: nothing else may reach the dial string */
    static String of(Dial dial) {
        var seconds = dial.ringFor().toSeconds();
        return switch (dial) {
            case Dial.Outside outside -> {
                callable(outside.shownNumber());
                yield "EXEC Dial \"PJSIP/1%s@trunk,%d,gH\"".formatted(callable(outside.number()), seconds);
            }
            case Dial.Staff staff -> "EXEC Dial \"%s,%d,gr\"".formatted(places(staff), seconds);
        };
    }

    /**
     * How a third person is called into a talk.
     *
     * @param talk the channel of the leg that they join
     * @param about what is told to the legs that are called, by name
     */
    static String third(Dial dial, String talk, boolean takesOver, Map<String, String> about) {
        var given = new LinkedHashMap<String, String>();
        var from = switch (dial) {
            case Dial.Outside outside -> {
                given.put("OUTSIDE", "1" + callable(outside.number()));
                given.put("SHOWN", callable(outside.shownNumber()));
                given.put("PRESENTED", outside.hidden() ? "prohib" : "allowed");
                yield "third-outside";
            }
            case Dial.Staff staff -> {
                given.putAll(RingList.variables(staff.phones()));
                given.put("HOTLINE_LINE", staff.line().name().toLowerCase(Locale.ROOT));
                given.putAll(about);
                yield "third-colleague";
            }
        };
        return "EXEC Originate \"Local/s@%s/n,exten,third,%s,1,%d,v(TALK=%s%s)\""
                .formatted(
                        from,
                        takesOver ? "takes-over" : "interprets",
                        dial.ringFor().toSeconds(),
                        talk,
                        given.entrySet().stream()
                                .map(one -> "^__" + one.getKey() + "=" + one.getValue())
                                .collect(Collectors.joining()));
    }

    /** What {@code ORIGINATE_STATUS} says of a third person. */
    static Result joined(String status) {
        return switch (status) {
            case "SUCCESS" -> Result.ANSWERED;
            case "BUSY" -> Result.BUSY;
            case "CONGESTION" -> Result.CONGESTED;
            default -> Result.NO_ANSWER;
        };
    }

    /** As many as there are phones, or as ring at one time: which phone a place rings, the dialplan takes from the list. */
    private static String places(Dial.Staff staff) {
        return IntStream.range(0, Math.min(staff.phones().size(), WAVES * Dial.Staff.WAVE))
                .mapToObj(place -> "Local/" + place / Dial.Staff.WAVE + "@ring-staff/n")
                .collect(Collectors.joining("&"));
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

    /** Asks the dialplan whether this number may leave by the trunk; it answers 1 in {@code GOSUB_RETVAL}. */
    static String guard(Dial.Outside outside) {
        return "GOSUB may-dial 1" + callable(outside.number()) + " 1 place";
    }

    /**
     * @param status what {@code DIALSTATUS} says
     * @param cause what {@code HANGUPCAUSE} says
     * @param answeredSeconds what {@code ANSWEREDTIME} says
     * @param answer the trunk's own, where it is known
     */
    static Dialled outcome(String status, String cause, String answeredSeconds, Optional<SipAnswer> answer) {
        var result = switch (status) {
            case "ANSWER" -> Result.ANSWERED;
            case "CANCEL" -> Result.GIVEN_UP;
            case "NOANSWER" ->
                answer.filter(told -> !told.isCancelled())
                        .map(SipAnswer::result)
                        .orElse(Result.NO_ANSWER);
            case "BUSY" -> answer.map(SipAnswer::result).orElse(Result.BUSY);
            default -> answer.map(SipAnswer::result).orElseGet(() -> failed(cause));
        };
        var talked = answeredSeconds.matches("\\d{1,9}") ? Long.parseLong(answeredSeconds) : 0;
        return new Dialled(result, Duration.ofSeconds(talked));
    }

    /** Causes of Q.850: the number is nobody's (1) or not whole (28); the phone is off or out of reach (18, 19, 20). */
    private static Result failed(String cause) {
        return switch (cause) {
            case "1", "28" -> Result.NO_SUCH_NUMBER;
            case "18", "19", "20" -> Result.NO_ANSWER;
            default -> Result.CONGESTED;
        };
    }
}
