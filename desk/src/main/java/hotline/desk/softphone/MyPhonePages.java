package hotline.desk.softphone;

import hotline.callback.staff.Responder;
import hotline.callback.staff.StaffStore;
import hotline.desk.http.Answer;
import hotline.desk.http.Menu;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A staff member's own phone in the browser. */
public final class MyPhonePages {

    private final StaffStore staff;
    private final SoftphoneLine line;
    private final Path folder;

    /** @param folder where the phone was built; it may be missing */
    public MyPhonePages(StaffStore staff, SoftphoneLine line, Path folder) {
        this.staff = staff;
        this.line = line;
        this.folder = folder;
    }

    /**
     * @param person among the staff, when the account's owner is
     * @param built whether the phone could be built
     */
    public record View(Optional<Responder> person, boolean built) {

        /** Whether calls for this person ring in the browser. */
        public boolean rings() {
            return person.isPresent() && person.get().phone().equals(Responder.BROWSER);
        }

        public String lastFour() {
            return person.map(Responder::phone).map(phone -> phone.substring(6)).orElse("");
        }
    }

    public void mount(Pages pages) {
        pages.menu(Menu.Group.NOW, "/my-phone", "My phone", SoftphoneLine.MAY_BE_STEP);
        pages.get("/my-phone", this::page, SoftphoneLine.MAY_BE_STEP);
        pages.get(
                "/my-phone/standing",
                request -> Answer.part("my-phone-standing.jte", view(request.name())),
                SoftphoneLine.MAY_BE_STEP);
        pages.get("/my-phone/phone.js", _ -> script(), SoftphoneLine.MAY_BE_STEP);
        line.mount(pages);
    }

    private Answer page(PageRequest visit) {
        // On this page alone.
        visit.request().response().putHeader("Permissions-Policy", "microphone=(self), camera=(), geolocation=()");
        return Answer.page("My phone", "my-phone.jte", view(visit.name()));
    }

    private View view(String name) {
        var person = staff.all().stream()
                .filter(responder -> responder.id().equals(name))
                .findFirst();
        return new View(person, Files.isRegularFile(file()));
    }

    private Path file() {
        return folder.resolve("my-phone.js");
    }

    private Answer script() {
        try {
            return new Answer.File("", "text/javascript; charset=utf-8", Buffer.buffer(Files.readAllBytes(file())));
        } catch (IOException e) {
            throw new UncheckedIOException("the phone in " + folder + " cannot be read", e);
        }
    }
}
