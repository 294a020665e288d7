package hotline.e2e;

import hotline.testkit.network.Hotline;
import hotline.testkit.network.Settings;
import hotline.testkit.network.TelephoneNetwork;
import java.nio.file.Path;
import java.util.List;

/** A hotline as {@code ./hotline demo} runs it, and the telephones around it; nobody is on duty. */
record Rehearsal(TelephoneNetwork network, Desk desk) implements AutoCloseable {

    /** @param home where it keeps everything */
    static Rehearsal in(Path home) {
        return of(Hotline.in(home));
    }

    static Rehearsal of(Settings settings) {
        var network = TelephoneNetwork.start();
        var desk = new Desk(settings.starts(network));
        // The samples of the demo would be called too.
        for (var sample : List.of("rosa", "sam")) {
            desk.staff(sample, "browser", "responder", false);
        }
        return new Rehearsal(network, desk);
    }

    @Override
    public void close() {
        desk.hotline().close();
        network.close();
    }
}
