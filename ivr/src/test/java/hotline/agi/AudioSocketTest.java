package hotline.agi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asterisk is played by a socket. */
final class AudioSocketTest {

    private static final byte ID = 1;
    private static final byte KEY = 3;
    private static final byte SOUND = 0x10;

    private final Vertx vertx = Vertx.vertx();
    private final AudioSocket sockets = new AudioSocket(vertx);
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    @BeforeEach
    void listens() {
        sockets.listen("127.0.0.1").await();
    }

    @AfterEach
    void ends() {
        vertx.close().await();
    }

    private Socket connects() throws IOException {
        var address = sockets.address().split(":");
        var socket = new Socket(address[0], Integer.parseInt(address[1]));
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static void sends(Socket socket, int type, byte... payload) throws IOException {
        var message = ByteBuffer.allocate(3 + payload.length)
                .put((byte) type)
                .putShort((short) payload.length)
                .put(payload);
        // In two halves, as a network may cut it.
        socket.getOutputStream().write(message.array(), 0, 2);
        socket.getOutputStream().flush();
        socket.getOutputStream().write(message.array(), 2, message.capacity() - 2);
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static byte[] tone(int milliseconds) {
        var sound = ByteBuffer.allocate(milliseconds * 16).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        while (sound.hasRemaining()) {
            sound.putShort((short) (8_000 * Math.sin(sound.position() / 3.0)));
        }
        return sound.array();
    }

    /** What the other side is told at the end: to hang up. */
    private static void isStopped(Socket socket) throws IOException {
        assertEquals(0, socket.getInputStream().readNBytes(3)[0]);
        assertEquals(-1, socket.getInputStream().read());
    }

    @Test
    void sound_is_passed_on_from_the_first_word_until_the_pound_key() throws IOException {
        passesSoundOn();
    }

    private void passesSoundOn() throws IOException {
        try (var listening = sockets.expect(heard::writeBytes, Duration.ofSeconds(30));
                var asterisk = connects()) {
            sends(asterisk, ID, bytes(listening.id()));
            for (var i = 0; i < 100; i++) {
                sends(asterisk, SOUND, new byte[320]);
            }
            sends(asterisk, SOUND, tone(20));
            sends(asterisk, KEY, (byte) '5');
            sends(asterisk, SOUND, tone(20));
            sends(asterisk, KEY, (byte) '#');
            isStopped(asterisk);
        }
        assertEquals(27 * 320, heard.size(), "half a second of silence before it, and two blocks");
    }

    @Test
    void silence_ends_it_and_so_does_its_time() throws IOException {
        try (var listening = sockets.expect(heard::writeBytes, Duration.ofSeconds(60));
                var asterisk = connects()) {
            sends(asterisk, ID, bytes(listening.id()));
            sends(asterisk, SOUND, tone(100));
            for (var i = 0; i < 60; i++) {
                sends(asterisk, SOUND, new byte[1_600]);
            }
            isStopped(asterisk);
        }
        try (var listening = sockets.expect(heard::writeBytes, Duration.ofMillis(200));
                var asterisk = connects()) {
            sends(asterisk, ID, bytes(listening.id()));
            sends(asterisk, SOUND, tone(300));
            isStopped(asterisk);
        }
    }

    @Test
    void whoever_is_not_expected_is_turned_away_and_so_is_a_second_one() throws IOException {
        try (var stranger = connects()) {
            sends(stranger, ID, bytes(UUID.randomUUID()));
            isStopped(stranger);
        }
        try (var listening = sockets.expect(heard::writeBytes, Duration.ofSeconds(5));
                var asterisk = connects();
                var second = connects()) {
            sends(asterisk, ID, bytes(listening.id()));
            sends(asterisk, SOUND, tone(20));
            sends(asterisk, KEY, (byte) '#');
            isStopped(asterisk);
            sends(second, ID, bytes(listening.id()));
            isStopped(second);
        }
    }

    @Test
    void what_goes_wrong_with_the_sound_is_told_to_whoever_listens() throws IOException {
        var listening = sockets.expect(
                _ -> {
                    throw new IllegalStateException("full");
                },
                Duration.ofSeconds(30));
        try (var asterisk = connects()) {
            sends(asterisk, ID, bytes(listening.id()));
            assertThrows(IOException.class, () -> {
                for (var i = 0; i < 10_000; i++) {
                    sends(asterisk, SOUND, tone(20));
                }
            });
        }
        assertTrue(String.valueOf(assertThrows(IllegalStateException.class, listening::close)
                        .getMessage())
                .contains("full"));
    }

    @Test
    void garbage_harms_nobody() throws IOException {
        var random = new Random(1);
        for (var i = 0; i < 50; i++) {
            try (var stranger = connects()) {
                var garbage = new byte[random.nextInt(2_000)];
                random.nextBytes(garbage);
                stranger.getOutputStream().write(garbage);
            } catch (IOException closed) {
                // That is well.
            }
        }
        passesSoundOn();
    }
}
