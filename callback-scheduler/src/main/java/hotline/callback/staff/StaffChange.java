package hotline.callback.staff;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What changed, in words for the audit: before and after, and never a whole number. */
final class StaffChange {

    private StaffChange() {}

    static List<String> between(Optional<Responder> before, Responder after) {
        var changes = new ArrayList<String>();
        if (before.isEmpty()) {
            changes.add("new: %s, %s, phone %s, speaks %s, %s"
                    .formatted(
                            after.name(),
                            role(after),
                            masked(after.phone()),
                            String.join(" ", after.languages()),
                            duty(after)));
            return changes;
        }
        var was = before.get();
        tell(changes, "name", was.name(), after.name());
        if (!was.phone().equals(after.phone())) {
            changes.add("phone: " + masked(was.phone()) + " → " + masked(after.phone()));
        }
        tell(changes, "languages", String.join(" ", was.languages()), String.join(" ", after.languages()));
        tell(changes, "role", role(was), role(after));
        tell(changes, "duty", duty(was), duty(after));
        return changes;
    }

    static List<String> between(Shifts before, Shifts after) {
        var changes = new ArrayList<String>();
        tell(changes, words(before), words(after));
        return changes.isEmpty() ? List.of("nothing changed") : changes;
    }

    private static List<String> words(Shifts shifts) {
        return Stream.of(
                        shifts.weekly().stream()
                                .map(weekly ->
                                        weekly.day().name().substring(0, 3).toLowerCase(Locale.ROOT) + " "
                                                + weekly.from() + "–" + weekly.to()),
                        shifts.off().stream().sorted().map(LocalDate::toString).map(text -> text + " off"),
                        shifts.extra().stream().map(extra -> extra.date() + " " + extra.from() + "–" + extra.to()))
                .flatMap(items -> items)
                .toList();
    }

    private static void tell(List<String> changes, Collection<String> before, Collection<String> after) {
        var gone = before.stream().filter(text -> !after.contains(text)).toList();
        var come = after.stream().filter(text -> !before.contains(text)).toList();
        if (!gone.isEmpty()) {
            changes.add("taken away: " + String.join(", ", gone));
        }
        if (!come.isEmpty()) {
            changes.add("added: " + String.join(", ", come));
        }
    }

    private static void tell(List<String> changes, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(what + ": " + before + " → " + after);
        }
    }

    private static String role(Responder person) {
        return person.role().name().toLowerCase(Locale.ROOT);
    }

    private static String duty(Responder person) {
        return person.onDuty() ? "on duty" : "off duty";
    }

    static String masked(String phone) {
        return phone.equals(Responder.BROWSER) ? phone : "…" + phone.substring(phone.length() - 4);
    }
}
