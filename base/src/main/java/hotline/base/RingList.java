package hotline.base;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Phones as the dialplan's {@code ring-staff} reads them, of any number: how many, and fifty a variable, since a line to
 * Asterisk has room for no more.
 */
public final class RingList {

    private static final int PHONES_A_VARIABLE = 50;
    private static final Pattern CALLABLE = Pattern.compile("[2-9]\\d{2}[2-9]\\d{6}|browser|desk\\d{1,2}");

    private RingList() {}

    /**
     * The variables by their names, the count last. One phone that cannot be called leaves the others ringing.
     *
     * @param phones ten digits, {@code browser} or {@code desk7}, in the order in which they ring
     */
    public static Map<String, String> variables(List<String> phones) {
        var callable = phones.stream()
                .distinct()
                .filter(phone -> CALLABLE.matcher(phone).matches())
                .toList();
        var variables = new LinkedHashMap<String, String>();
        for (var from = 0; from < callable.size(); from += PHONES_A_VARIABLE) {
            var to = Math.min(from + PHONES_A_VARIABLE, callable.size());
            variables.put(name(from / PHONES_A_VARIABLE), String.join("-", callable.subList(from, to)));
        }
        variables.put("STAFF_COUNT", String.valueOf(callable.size()));
        return variables;
    }

    /** What the variable with these fifty is called: 0 are the first. */
    public static String name(int fifty) {
        return "STAFF_" + fifty;
    }
}
