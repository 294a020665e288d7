package hotline.callback.console;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import hotline.callback.access.Account;
import hotline.callback.access.AccountStore;
import hotline.callback.access.OneTimeCodes;
import java.time.InstantSource;
import java.util.List;
import org.apache.commons.codec.binary.Base32;

/** Everybody's own account: the password, and the authenticator app. */
public final class AccountPages {

    private static final int SQUARE = 200;

    private final AccountStore accounts;
    private final InstantSource clock;

    public AccountPages(AccountStore accounts, InstantSource clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    public record View(Account account) {}

    /**
     * An app to be added.
     *
     * @param square its address as an SVG path, one unit a dot
     * @param size of the square's side, in dots
     */
    public record App(String secret, String square, int size) {}

    public void mount(Pages pages) {
        pages.get(
                "/account", it -> Answer.page("My account", "account.jte", new View(it.account())), Pages.everybody());
        pages.post("/account/password", this::password, Pages.everybody());
        pages.get("/account/app", this::app, Pages.everybody());
        pages.post("/account/app", this::addApp, Pages.everybody());
    }

    private Answer password(Visit visit) {
        if (!visit.secret("password").equals(visit.secret("again"))) {
            throw new Problem(422, "the two new passwords differ: type the new one twice");
        }
        accounts.choosePassword(visit.name(), visit.secret("old"), visit.secret("password"));
        return Answer.go("/sign-in", "");
    }

    private Answer app(Visit visit) {
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
    private Answer addApp(Visit visit) {
        var secret = new Base32().decode(visit.field("secret"));
        var code = visit.field("code").replace(" ", "");
        var step = OneTimeCodes.step(secret, code, 0, clock.instant());
        if (secret.length != 20 || step.isEmpty()) {
            throw new Problem(422, "this is not the code that the app shows now: go back, and type the newest one");
        }
        accounts.confirm(visit.name(), visit.secret("password"));
        var here = Cookies.session(visit.request()).orElse("");
        List<String> recovery = accounts.addSecondFactor(visit.account(), secret, step.getAsLong(), here);
        return Answer.page("Recovery codes", "account-recovery.jte", recovery);
    }
}
