package hotline;

import hotline.callback.Role;
import hotline.callback.staff.Responder;
import hotline.callback.staff.StaffStore;
import hotline.callback.staffline.PinHash;
import hotline.desk.access.AccountStore;
import hotline.desk.access.Scope;
import hotline.tips.TipCode;
import hotline.tips.TipStatus;
import hotline.tips.TipStore;
import hotline.tips.TipStore.TipRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a rehearsal starts with: a tip in each state, and staff who are called in the browser. */
final class Samples {

    private static final String ROSAS_CODE = "2001";
    private static final String ROSAS_PIN = "730518";

    private static final String PASSWORD = "rehearse";
    private static final Map<String, Set<Scope>> SIGN_INS = new TreeMap<>(Map.of(
            "rosa", Set.of(Scope.RESPONDER),
            "sam", Set.of(Scope.SUPERVISOR),
            "lee", Set.of(Scope.OFFICER),
            "cora", Set.of(Scope.COORDINATOR),
            "ada", Set.of(Scope.ADMINISTRATOR)));

    private Samples() {}

    /** Puts the samples where they are missing; what a person has changed since stays. */
    static void put(TipStore tips, StaffStore staff, PinHash pins) {
        for (var status : TipStatus.values()) {
            if (!tips.isKnown(code(status))) {
                var sample = new TipRow(code(status), status.word(), Optional.of("sample/" + status.word()));
                tips.set(List.of(sample), "rehearsal", true);
            }
        }
        if (staff.all().isEmpty()) {
            var languages = List.of("en", "es");
            staff.save(
                    new Responder("rosa", "Rosa", Responder.BROWSER, languages, Role.RESPONDER, true),
                    Optional.of(ROSAS_CODE),
                    Optional.of(pins.of("rosa", ROSAS_PIN)));
            staff.save(new Responder("lee", "Officer Lee", Responder.BROWSER, languages, Role.OFFICER, true));
            staff.save(new Responder("sam", "Sam", Responder.BROWSER, languages, Role.SUPERVISOR, true));
        }
    }

    /** An account for each role, with one password for all. */
    static void put(AccountStore accounts) {
        SIGN_INS.forEach((name, scopes) -> accounts.rehearse(name, scopes, PASSWORD));
    }

    static String toldSignIns() {
        var names = SIGN_INS.entrySet().stream()
                .map(entry -> entry.getKey() + " ("
                        + entry.getValue().stream()
                                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" and "))
                        + ")")
                .collect(Collectors.joining(", "));
        return "sign in as " + names + "; the password is " + PASSWORD;
    }

    static TipCode code(TipStatus status) {
        return new TipCode(
                switch (status) {
                    case RECEIVED -> "100001";
                    case IN_REVIEW -> "100002";
                    case ARREST -> "100003";
                    case REWARD_APPROVED -> "100004";
                    case CLOSED -> "100005";
                    case RETIRED -> "100006";
                });
    }

    static String toldStaff() {
        return "the staff line for Rosa: staff code " + ROSAS_CODE + ", PIN " + ROSAS_PIN;
    }

    static String told() {
        return Stream.of(TipStatus.values())
                .map(tipStatus -> code(tipStatus).digits() + " "
                        + tipStatus.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", ", "sample tip codes: ", ""));
    }
}
