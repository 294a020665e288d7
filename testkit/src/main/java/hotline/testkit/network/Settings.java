package hotline.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a hotline is started with: a home, free ports of its own, and whatever else a test sets. */
public final class Settings {

    private static final int MEDIA_PORTS = 400;

    private final Path home;
    private final Map<String, String> values = new HashMap<>();

    Settings(Path home) {
        this.home = home;
        var media = Ports.free(MEDIA_PORTS);
        values.put("HOTLINE_HOME", home.toString());
        values.put("HOTLINE_SIP", Ports.address());
        values.put("HOTLINE_RTP", media + "-" + (media + MEDIA_PORTS - 1));
        values.put("HOTLINE_AGI", Ports.address());
        values.put("HOTLINE_AMI", Ports.address());
        values.put("HOTLINE_WS", Ports.address());
        values.put("HOTLINE_HTTP", Ports.address());
        values.put("HOTLINE_SAMPLES", "no");
        values.put("HOTLINE_API_TOKEN", "a-token-of-the-tests-only");
        // A test that is over waits for nobody.
        values.put("HOTLINE_DRAIN", "PT0S");
    }

    /** Sets one more: {@code with("HOTLINE_PROMISE", "PT60S")}. */
    public Settings with(String key, String value) {
        values.put(key, value);
        return this;
    }

    public String get(String key) {
        return values.getOrDefault(key, "");
    }

    Path home() {
        return home;
    }

    /** Starts {@code ./hotline demo} with this network as its trunk, and returns once it says that it is up. */
    public Hotline starts(TelephoneNetwork network) {
        values.put("HOTLINE_TRUNK", network.address());
        network.serves(get("HOTLINE_SIP"), home.resolve("sounds"));
        try {
            RenderedSounds.copyTo(home);
            var front = new ProcessBuilder(Repository.root().resolve("hotline").toString(), "demo");
            front.environment().putAll(values);
            var hotline = new Hotline(this, front.redirectErrorStream(true).start());
            hotline.awaitUp();
            RenderedSounds.keepFrom(home);
            return hotline;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
