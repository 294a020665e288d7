package hotline.agi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger silentFrames = new AtomicInteger();

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

    /** What the other side is told at the end: to hang up; until then it is sent silence. */
    private void isStopped(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        for (var type = in.readByte(); type != 0; type = in.readByte()) {
            assertEquals(SOUND, type);
            assertArrayEquals(new byte[320], in.readNBytes(in.readUnsignedShort()));
            silentFrames.incrementAndGet();
        }
        assertEquals(0, in.readUnsignedShort());
        assertEquals(-1, in.read());
    }

    @Test
    void sound_is_passed_on_from_the_first_word_until_the_pound_key() throws IOException {
        passesSoundOn();
    }

    private void passesSoundOn() throws IOException {
        listens(Duration.ofSeconds(30), asterisk -> {
            for (var i = 0; i < 100; i++) {
                sends(asterisk, SOUND, new byte[320]);
            }
            sends(asterisk, SOUND, tone(20));
            sends(asterisk, KEY, (byte) '5');
            sends(asterisk, SOUND, tone(20));
            sends(asterisk, KEY, (byte) '#');
            isStopped(asterisk);
        });
        assertEquals(27 * 320, heard.size(), "half a second of silence before it, and two blocks");
    }

    private interface Asterisk {
        void speaks(Socket socket) throws IOException;
    }

    /** As often as we want it to connect. */
    private void listens(Duration atMost, Asterisk asterisk) {
        sockets.listen(heard::writeBytes, atMost, id -> {
            try (var socket = connects()) {
                sends(socket, ID, bytes(id));
                asterisk.speaks(socket);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void silence_ends_it_and_so_does_its_time() {
        listens(Duration.ofSeconds(60), asterisk -> {
            sends(asterisk, SOUND, tone(100));
            for (var i = 0; i < 60; i++) {
                sends(asterisk, SOUND, new byte[1_600]);
            }
            isStopped(asterisk);
        });
        listens(Duration.ofMillis(200), asterisk -> {
            sends(asterisk, SOUND, tone(300));
            isStopped(asterisk);
        });
    }

    @Test
    void a_line_that_sends_nothing_is_silent_and_silence_is_sent_to_it_all_the_while() {
        var begun = System.nanoTime();
        listens(Duration.ofMillis(2_500), asterisk -> {
            sends(asterisk, SOUND, tone(100));
            isStopped(asterisk);
        });
        assertTrue(System.nanoTime() - begun > Duration.ofMillis(2_300).toNanos(), "it ended before its time");
        assertTrue(heard.size() > 2_000 * Silence.BYTES_A_MILLISECOND, "the pause belongs to what was said");
        assertTrue(silentFrames.get() > 10, "Asterisk ends a line on which neither side sends");
    }

    @Test
    void a_connection_that_breaks_off_is_made_again_and_what_was_said_stays() {
        var connections = new AtomicInteger();
        listens(Duration.ofSeconds(30), asterisk -> {
            var before = heard.size();
            sends(asterisk, SOUND, tone(20));
            ServedCalls.await("it to be heard", () -> heard.size() > before);
            if (connections.incrementAndGet() == 2) {
                sends(asterisk, KEY, (byte) '#');
                isStopped(asterisk);
            }
        });
        assertEquals(2, connections.get());
        assertEquals(2 * 320, heard.size());
    }

    @Test
    void a_connection_that_is_never_made_is_tried_three_times() {
        var tried = new AtomicInteger();
        sockets.listen(heard::writeBytes, Duration.ofSeconds(30), _ -> tried.incrementAndGet());
        assertEquals(3, tried.get());
    }

    @Test
    void whoever_is_not_expected_is_turned_away_and_so_is_a_second_one() throws IOException {
        try (var stranger = connects()) {
            sends(stranger, ID, bytes(UUID.randomUUID()));
            isStopped(stranger);
        }
        sockets.listen(heard::writeBytes, Duration.ofSeconds(5), id -> {
            try (var asterisk = connects();
                    var second = connects()) {
                sends(asterisk, ID, bytes(id));
                sends(asterisk, SOUND, tone(20));
                sends(asterisk, KEY, (byte) '#');
                isStopped(asterisk);
                sends(second, ID, bytes(id));
                isStopped(second);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void what_goes_wrong_with_the_sound_is_told_to_whoever_listens() {
        var told = assertThrows(
                IllegalStateException.class,
                () -> sockets.listen(
                        _ -> {
                            throw new IllegalStateException("full");
                        },
                        Duration.ofSeconds(30),
                        id -> {
                            try (var asterisk = connects()) {
                                sends(asterisk, ID, bytes(id));
                                assertThrows(IOException.class, () -> {
                                    for (var i = 0; i < 10_000; i++) {
                                        sends(asterisk, SOUND, tone(20));
                                    }
                                });
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        }));
        assertTrue(String.valueOf(told.getMessage()).contains("full"));
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
