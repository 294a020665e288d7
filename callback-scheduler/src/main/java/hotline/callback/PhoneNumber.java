package hotline.callback;

import java.util.Optional;
import java.util.Set;

/**
 * A phone number that we may call: ten digits, in the United States or one of its territories.
 *
 * <p>Refused are numbers that could cost money or harm others: service codes (N11), directory assistance, 900 and 976,
 * toll-free and personal numbers, our own lines, and numbers outside the United States (toll fraud). Its text form is
 * masked, so that a careless log line is still safe; {@link #digits()} is the number.
 */
public record PhoneNumber(String digits) {

    private static final Set<String> OUR_LINES = Set.of("8004948477", "6174310125");

    /**
     * A number that was taken is still one when its area code, which was added at the desk, has been taken back since:
     * what is stored can be read. Whether it is dialed, the dialplan decides.
     *
     * @throws IllegalArgumentException if {@link #of} would refuse the digits, whatever was added at the desk
     */
    public PhoneNumber {
        if (!isSomebodys(digits) || AreaCodes.isElsewhere(areaCode(digits))) {
            throw new IllegalArgumentException("not a phone number that this system may call");
        }
    }

    /** The number behind what was keyed in or signalled, with or without {@code +} and {@code 1}; empty if refused. */
    public static Optional<PhoneNumber> of(String keyed) {
        var digits = keyed.replaceFirst("^\\+?1(?=\\d{10}$)", "");
        return isSomebodys(digits) && AreaCodes.isOurs(areaCode(digits))
                ? Optional.of(new PhoneNumber(digits))
                : Optional.empty();
    }

    /** Whether whoever is called pays for it: no caller's number, but perhaps that of a place to turn to. */
    public static boolean isTollFree(String digits) {
        return digits.matches("8(00|33|44|55|66|77|88)[2-9]\\d{6}") && !OUR_LINES.contains(digits);
    }

    /** 950 leads to other carriers, 976 costs, 555-1212 is directory assistance, which costs too. */
    private static boolean isSomebodys(String digits) {
        return digits.matches("[2-9]\\d{2}[2-9]\\d{6}")
                && !OUR_LINES.contains(digits)
                && !areaCode(digits).matches("900|.11")
                && !digits.substring(3).matches("(950|976|.11).*|5551212");
    }

    private static String areaCode(String digits) {
        return digits.substring(0, 3);
    }

    @Override
    public String toString() {
        return "***-***-****";
    }
}
