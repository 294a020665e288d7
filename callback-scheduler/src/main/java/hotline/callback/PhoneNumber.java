package hotline.callback;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.Optional;
import java.util.Set;

/**
 * A phone number that we may call: ten digits, in the United States.
 *
 * <p>Refused are numbers that could cost money or harm others: service codes (N11), 900 and 976, toll-free numbers, our
 * own lines, and numbers outside the United States (toll fraud). Its text form is masked, so that a careless log line
 * is still safe; {@link #digits()} is the number.
 */
public record PhoneNumber(String digits) {

    private static final PhoneNumberUtil PLAN = PhoneNumberUtil.getInstance();
    private static final Set<String> OUR_LINES = Set.of("8004948477", "6174310125");
    private static final Set<PhoneNumberType> REFUSED = Set.of(
            PhoneNumberType.TOLL_FREE,
            PhoneNumberType.PREMIUM_RATE,
            PhoneNumberType.SHARED_COST,
            PhoneNumberType.PAGER,
            PhoneNumberType.UAN);

    /** @throws IllegalArgumentException if {@link #of} would refuse the digits */
    public PhoneNumber {
        if (!callable(digits)) {
            throw new IllegalArgumentException("not a phone number that this system may call");
        }
    }

    /** The number behind what was keyed in or signalled, with or without {@code +} and {@code 1}; empty if refused. */
    public static Optional<PhoneNumber> of(String keyed) {
        var digits = keyed.replaceFirst("^\\+?1(?=\\d{10}$)", "");
        return callable(digits) ? Optional.of(new PhoneNumber(digits)) : Optional.empty();
    }

    private static boolean callable(String digits) {
        return digits.matches("[2-9]\\d{2}[2-9]\\d{6}")
                && !OUR_LINES.contains(digits)
                && !digits.substring(0, 3).matches("900|[2-9]11")
                && !digits.substring(3, 6).matches("976|[2-9]11")
                && ordinaryAndInTheUnitedStates(digits);
    }

    /** North American numbers set aside for fiction (555-01XX) are let through: rehearsals and tests dial them. */
    private static boolean ordinaryAndInTheUnitedStates(String digits) {
        try {
            var number = PLAN.parse(digits, "US");
            var region = PLAN.getRegionCodeForNumber(number);
            if (region == null) {
                return digits.startsWith("55501", 3) && inTheUnitedStates(digits.substring(0, 3));
            }
            return region.equals("US") && !REFUSED.contains(PLAN.getNumberType(number));
        } catch (NumberParseException e) {
            return false;
        }
    }

    private static boolean inTheUnitedStates(String areaCode) {
        try {
            return "US".equals(PLAN.getRegionCodeForNumber(PLAN.parse(areaCode + "2345678", "US")));
        } catch (NumberParseException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "***-***-****";
    }
}
