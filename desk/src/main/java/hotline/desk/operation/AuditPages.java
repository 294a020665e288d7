package hotline.desk.operation;

import hotline.base.audit.AuditStore;
import hotline.base.audit.AuditStore.Numbered;
import hotline.desk.http.Answer;
import hotline.desk.http.Finding;
import hotline.desk.http.Finding.Found;
import hotline.desk.http.Menu;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Who did what, newest first. */
public final class AuditPages {

    private static final int A_PAGE = 50;
    private static final int COUNTED = 10_000;

    private final AuditStore audit;

    public AuditPages(AuditStore audit) {
        this.audit = audit;
    }

    /** @param older where older entries go on, if there are any */
    public record View(Found found, List<AuditRow> lines, boolean first, OptionalLong older) {}

    public record AuditRow(Instant at, String who, String did, String subject, String reason) {}

    public void mount(Pages pages) {
        pages.menu(Menu.Group.SYSTEM, "/audit", "Audit");
        pages.get("/audit", this::show);
    }

    private Answer show(PageRequest visit) {
        var before = visit.query("before").map(AuditPages::number);
        var asked = Finding.of(visit, "/audit", "Find a name, an act or a reason");
        var entries = audit.page(before.orElse(Long.MAX_VALUE), asked.words(), A_PAGE + 1);
        var shown = entries.stream().limit(A_PAGE).toList();
        return Answer.page(
                "Audit",
                "audit.jte",
                new View(
                        found(asked, audit.count(asked.words(), COUNTED)),
                        shown.stream().map(AuditPages::line).toList(),
                        before.isEmpty(),
                        entries.size() > A_PAGE
                                ? OptionalLong.of(shown.getLast().number())
                                : OptionalLong.empty()));
    }

    private static Found found(Finding asked, long found) {
        var counted = found < COUNTED ? "%,d entries".formatted(found) : "%,d entries or more".formatted(found);
        return new Found(asked, counted, found == 0 && asked.isOn());
    }

    private static long number(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new Problem(422, "this is not a place in the audit: begin at its top");
        }
        return Long.parseLong(text);
    }

    private static AuditRow line(Numbered numbered) {
        var entry = numbered.entry();
        // A call-back, or a spoken tip, is named by a long number that tells a person nothing.
        var subject = entry.subject().matches("[0-9a-f]{8}-[0-9a-f-]{27}")
                ? "…" + entry.subject().substring(entry.subject().length() - 4)
                : entry.subject();
        return new AuditRow(entry.at(), entry.who(), did(entry.act()), subject, entry.reason());
    }

    /** What is not known here by a sentence of its own is written as the words that it is made of. */
    private static String did(String act) {
        return switch (act) {
            case "area_code_added" -> "added the area code";
            case "area_code_taken_back" -> "took back the area code";
            case "interpreter_set" -> "set the number of interpreters for";
            case "interpreter_taken_away" -> "took away the number of interpreters for";
            case "signed_in" -> "signed in";
            case "account_opened" -> "opened an account for";
            case "account_changed" -> "changed the roles of";
            case "account_ended" -> "removed the account of";
            case "account_linked" -> "linked to the organization's sign-in";
            case "account_unlinked" -> "unlinked from the organization's sign-in";
            case "display_added" -> "added the display";
            case "display_paired" -> "was paired:";
            case "display_taken_away" -> "took away the display";
            case "password_given" -> "gave a first password to";
            case "password_chosen" -> "chose a new password";
            case "second_factor_added" -> "added an authenticator app";
            case "second_factor_removed" -> "removed the authenticator app of";
            case "session_ended" -> "signed out elsewhere";
            case "other_sessions_ended" -> "signed out everywhere else";
            case "sessions_ended" -> "ended all sessions of";
            case "token_issued" -> "gave a token to";
            case "token_revoked" -> "took back the token of";
            case "listened" -> "listened to a spoken tip";
            case "staff_added" -> "added to the staff";
            case "staff_changed" -> "changed a person of the staff";
            case "staff_sign_in_ended" -> "ended the staff line's sign-in of";
            case "shifts_changed" -> "changed the shifts of";
            case "ladder_changed" -> "changed the ladder of";
            case "prompt_recorded" -> "put in a recording of";
            case "recording_removed" -> "removed the recording of";
            case "voice_chosen" -> "chose the voice that speaks";
            default -> act.replace('_', ' ');
        };
    }
}
