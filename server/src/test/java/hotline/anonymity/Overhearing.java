package hotline.anonymity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.testkit.network.Hotline;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Listens to all that Asterisk's manager interface says, once as the server does, and once with an account of its own that sees every
 * event there is. When Asterisk was started anew it has to be begun again.
 */
final class Overhearing implements AutoCloseable {

    private static final String ALL_SEEING = """

            [all-seeing]
            secret = of-a-test-only
            read = all
            write = all
            """;

    private static final Duration BACK_WITHIN = Duration.ofSeconds(60);

    private final Hotline hotline;
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Thread> ears = new ArrayList<>();
    private final ByteArrayOutputStream asTheServer = new ByteArrayOutputStream();
    private final ByteArrayOutputStream everything = new ByteArrayOutputStream();

    Overhearing(Hotline hotline) {
        this.hotline = hotline;
    }

    /** Waits for an Asterisk that is only starting; one that was listened to before may not have ended yet. */
    void begin() throws IOException, InterruptedException {
        for (var ear : ears) {
            assertTrue(ear.join(BACK_WITHIN), "the Asterisk before has not ended");
        }
        ears.clear();
        var secret = Files.readString(hotline.home().resolve("secrets/ami")).strip();
        until(() -> listens("hotline", secret, asTheServer));
        Files.writeString(hotline.home().resolve("asterisk/etc/manager.conf"), ALL_SEEING, StandardOpenOption.APPEND);
        until(() -> {
            hotline.asterisk("manager reload");
            return listens("all-seeing", "of-a-test-only", everything);
        });
    }

    private static void until(BooleanSupplier done) {
        var patience = System.nanoTime() + BACK_WITHIN.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > patience) {
                throw new AssertionError("the manager interface was not there in " + BACK_WITHIN);
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    @SuppressWarnings("resource") // what listens is closed at the end
    private boolean listens(String who, String secret, ByteArrayOutputStream heard) {
        var address = hotline.setting("HOTLINE_AMI").split(":");
        try {
            var socket = new Socket(address[0], Integer.parseInt(address[1]));
            socket.setSoTimeout((int) BACK_WITHIN.toMillis());
            socket.getOutputStream()
                    .write("""
                    Action: Login
                    Username: %s
                    Secret: %s
                    Events: on

                    """.formatted(who, secret).replace("\n", "\r\n").getBytes(UTF_8));
            var in = new BufferedInputStream(socket.getInputStream());
            for (var line = new StringBuilder();
                    line.indexOf("Message: Authentication ") < 0 || line.charAt(line.length() - 1) != '\n'; ) {
                var octet = in.read();
                if (octet < 0) {
                    return false;
                }
                line.append((char) octet);
                if (line.indexOf("Authentication failed") >= 0) {
                    return false;
                }
            }
            socket.setSoTimeout(0);
            sockets.add(socket);
            ears.add(Thread.ofVirtual().name("overhearing").start(() -> {
                try (in) {
                    in.transferTo(heard);
                } catch (IOException e) {
                    // Asterisk has ended, or the test.
                }
            }));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Rings a number as nobody but a test does, so that there is something to hear. */
    void rings(String number) throws IOException {
        sockets.getLast()
                .getOutputStream()
                .write("""
                Action: Originate
                Channel: Local/0@ring-staff
                CallerID: %s
                Variable: __STAFF_COUNT=1,__STAFF_0=%s
                Application: Wait
                Data: 1
                Async: true

                """.formatted(number, number).replace("\n", "\r\n").getBytes(UTF_8));
    }

    /** What the server hears, and with it every account that our configuration has. */
    Set<String> asTheServer(Traces traces) {
        return traces.in(ByteBuffer.wrap(asTheServer.toByteArray()));
    }

    Set<String> everything(Traces traces) {
        return traces.in(ByteBuffer.wrap(everything.toByteArray()));
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }
}
