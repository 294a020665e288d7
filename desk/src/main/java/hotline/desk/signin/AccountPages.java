package hotline.desk.signin;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import hotline.desk.access.Account;
import hotline.desk.access.AccountStore;
import hotline.desk.access.OneTimeCodes;
import hotline.desk.access.SessionStore;
import hotline.desk.http.Answer;
import hotline.desk.http.Cookies;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.apache.commons.codec.binary.Base32;

/** Everybody's own account: the password, the authenticator app, and where they are signed in. */
public final class AccountPages {

    private static final int SQUARE = 200;

    private final AccountStore accounts;
    private final SessionStore sessions;
    private final InstantSource clock;

    public AccountPages(AccountStore accounts, SessionStore sessions, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** @param sessions where they are signed in: here first */
    public record View(Account account, List<SessionStore.Own> sessions) {}

    /**
     * An app to be added.
     *
     * @param square its address as an SVG path, one unit a dot
     * @param size of the square's side, in dots
     */
    public record App(String secret, String square, int size) {}

    public void mount(Pages pages) {
        pages.get("/account", this::account, Pages.everybody());
        pages.get("/account/session", AccountPages::session, Pages.everybody());
        pages.post("/account/sessions", this::endSessions, Pages.everybody());
        pages.post("/account/password", this::password, Pages.everybody());
        pages.get("/account/app", this::app, Pages.everybody());
        pages.post("/account/app", this::addApp, Pages.everybody());
    }

    private Answer account(PageRequest visit) {
        var own = sessions.of(visit.name(), here(visit));
        return Answer.page("My account", "account.jte", new View(visit.account(), own));
    }

    /** For a page that has been open for a while: who is signed in, and what their forms carry now. */
    private static Answer session(PageRequest visit) {
        var json = new JsonObject()
                .put("name", visit.name())
                .put("csrf", visit.session().csrf());
        return new Answer.File("", "application/json", json.toBuffer());
    }

    /** The password is asked for, so that nobody ends another's sessions at a desk that was left open. */
    private Answer endSessions(PageRequest visit) {
        if (!visit.account().provided()) {
            accounts.confirm(visit.name(), visit.secret("password"));
        }
        if (visit.checked("others")) {
            sessions.endOthers(visit.name(), here(visit));
            return Answer.go("/account", "You are signed out everywhere but here");
        }
        if (!sessions.endOne(visit.name(), id(visit.field("session")))) {
            throw noSession();
        }
        return Answer.go("/account", "You are signed out there");
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw noSession();
        }
    }

    private static Problem noSession() {
        return new Problem(404, "you are not signed in there any more: look at the list again");
    }

    private static String here(PageRequest visit) {
        return Cookies.session(visit.request()).orElse("");
    }

    private Answer password(PageRequest visit) {
        if (!visit.secret("password").equals(visit.secret("again"))) {
            throw new Problem(422, "the two new passwords differ: type the new one twice");
        }
        accounts.choosePassword(visit.name(), visit.secret("old"), visit.secret("password"));
        return Answer.go("/sign-in", "Your password is changed: sign in with the new one");
    }

    private Answer app(PageRequest visit) {
        var secret = OneTimeCodes.newSecret();
        return Answer.page("Authenticator app", "account-app.jte", view(visit.name(), secret));
    }

    private static App view(String name, byte[] secret) {
        try {
            var dots = new QRCodeWriter()
                    .encode(OneTimeCodes.address(name, secret), BarcodeFormat.QR_CODE, SQUARE / 4, SQUARE / 4);
            var path = new StringBuilder();
            for (var y = 0; y < dots.getHeight(); y++) {
                for (var x = 0; x < dots.getWidth(); x++) {
                    if (dots.get(x, y)) {
                        path.append("M%d %dh1v1h-1z".formatted(x, y));
                    }
                }
            }
            return new App(OneTimeCodes.readable(secret), path.toString(), dots.getWidth());
        } catch (WriterException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The secret comes back with the form: it is kept once a code shows that the app has it. The password is asked for, so that
     * nobody adds theirs at a desk that was left open.
     */
    private Answer addApp(PageRequest visit) {
        var secret = new Base32().decode(visit.field("secret"));
        var step = OneTimeCodes.step(secret, visit.field("code"), 0, clock.instant());
        if (secret.length != 20 || step.isEmpty()) {
            throw new Problem(422, "this is not the code that the app shows now: go back, and type the newest one");
        }
        accounts.confirm(visit.name(), visit.secret("password"));
        List<String> recovery = accounts.addSecondFactor(visit.account(), secret, step.getAsLong(), here(visit));
        return Answer.page("Recovery codes", "account-recovery.jte", recovery);
    }
}
