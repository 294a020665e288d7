package hotline.callback.staff;

import hotline.base.Csv;
import hotline.callback.PhoneNumber;
import hotline.callback.Role;
import java.util.List;

/**
 * A staff member who can be called.
 *
 * @param id a short name of small letters, digits, dots and dashes
 * @param phone ten digits, or {@code browser}
 * @param languages folder names such as {@code es}, at least one
 */
public record Responder(String id, String name, String phone, List<String> languages, Role role, boolean onDuty) {

    public static final String BROWSER = "browser";

    /** @throws IllegalArgumentException naming what cannot be, and what to write instead */
    public Responder {
        languages = List.copyOf(languages);
        check(id.matches("[a-z0-9][a-z0-9._-]{0,63}"), "id: write up to 64 small letters, digits, dots and dashes");
        check(!name.isBlank() && name.length() <= 100, "name: write a name of up to 100 characters");
        phone = phone(phone);
        check(
                !languages.isEmpty() && languages.stream().allMatch(language -> language.matches("[a-z]{2,3}")),
                "languages: write a list such as [\"en\", \"es\"]");
    }

    /** A person whose phone cannot ring would silently stop the ladder: refused when it is saved. */
    private static String phone(String phone) {
        check(
                !Csv.isRounded(phone),
                "phone: a spreadsheet has made a number of it, and its last digits are lost: make the column text, and write"
                        + " all ten digits");
        var typed = phone.replaceAll("[\\s\\p{Z}\\p{Pd}().·/]", "");
        return typed.equalsIgnoreCase(BROWSER)
                ? BROWSER
                : PhoneNumber.of(typed)
                        .map(PhoneNumber::digits)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "phone: write a ten-digit number that can be called, or browser"));
    }

    private static void check(boolean right, String advice) {
        if (!right) {
            throw new IllegalArgumentException(advice);
        }
    }
}
