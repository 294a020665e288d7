package hotline.tips;

import static java.nio.charset.StandardCharsets.US_ASCII;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.keys.Vault;
import hotline.tips.voice.Disguise;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.data.Interval;
import io.vertx.sqlclient.Row;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Spoken tips in PostgreSQL, encrypted two seconds at a time as they are spoken; a disguised voice is disguised before it is encrypted, so
 * that the original is nowhere. Of when a message was left only the day is kept.
 */
public final class SpokenTipStore implements SpokenTips {

    private static final int BYTES_A_SECOND = 16_000;
    private static final int PART = 2 * BYTES_A_SECOND;

    private static final String BEGIN = """
            INSERT INTO spoken_tip (id, left_on, erased_on, language, disguised) VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String PART_SAID = """
            INSERT INTO spoken_tip_part (spoken_tip, number, encrypted) VALUES ($1, $2, $3)
            """;

    private static final String LENGTH = """
            UPDATE spoken_tip SET seconds = $2 WHERE id = $1
            """;

    private static final String DELETE = """
            DELETE FROM spoken_tip WHERE id = $1
            """;

    private static final String ALL = """
            SELECT spoken_tip.*, (SELECT count(*) FROM audit WHERE act = 'listened' AND subject = spoken_tip.id::text)::integer
                AS listened
            FROM spoken_tip WHERE seconds > 0 ORDER BY left_on DESC, id
            """;

    private static final String PARTS = """
            SELECT number, encrypted FROM spoken_tip_part WHERE spoken_tip = $1 ORDER BY number
            """;

    /** What opens it is the audit's own entry: without one, nothing is decrypted. */
    private static final String PARTS_OF_WHO_SAID_WHY = """
            SELECT number, encrypted FROM spoken_tip_part WHERE spoken_tip = $1 AND EXISTS (
                SELECT FROM audit WHERE act = 'listened' AND subject = $1::uuid::text AND who = $2 AND at > clock_timestamp() - $3::interval)
            ORDER BY number
            """;

    private static final String ERASE = """
            DELETE FROM spoken_tip WHERE erased_on <= $1 OR (seconds = 0 AND left_on < $1) RETURNING id
            """;

    private final Database database;
    private final Vault vault;
    private final TipStore tips;
    private final int keptDays;
    private final Supplier<LocalDate> today;

    /**
     * @param keptDays so many days after it was left a message is erased
     * @param today the day in the hotline's zone
     */
    public SpokenTipStore(Database database, Vault vault, TipStore tips, int keptDays, Supplier<LocalDate> today) {
        this.database = database;
        this.vault = vault;
        this.tips = tips;
        this.keptDays = keptDays;
        this.today = today;
    }

    @Override
    public Message begin(String language, boolean disguised) {
        var id = UUID.randomUUID();
        var day = today.get();
        database.run(BEGIN, id, day, day.plusDays(keptDays), language, disguised);
        return new Spoken(id, disguised ? Optional.of(new Disguise(new SecureRandom())) : Optional.empty());
    }

    private final class Spoken implements Message {

        private final UUID id;
        private final Optional<Disguise> disguise;
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();
        private int parts;
        private long bytes;

        Spoken(UUID id, Optional<Disguise> disguise) {
            this.id = id;
            this.disguise = disguise;
        }

        @Override
        public void hear(byte[] sound) {
            said(disguise.map(disguise -> disguise.push(sound)).orElse(sound));
        }

        private void said(byte[] sound) {
            part.writeBytes(sound);
            bytes += sound.length;
            if (part.size() >= PART) {
                encrypt();
            }
        }

        private void encrypt() {
            if (part.size() > 0) {
                var sound = part.toByteArray();
                part.reset();
                parts++;
                database.run(PART_SAID, id, parts, Buffer.buffer(vault.encrypt(numbered(sound, parts), id)));
                Arrays.fill(sound, (byte) 0);
                // Told with each part: what a crash leaves behind can be listened to as well.
                database.run(LENGTH, id, (int) Math.ceilDiv(bytes, BYTES_A_SECOND));
            }
        }

        @Override
        public boolean end() {
            disguise.ifPresent(disguise -> said(disguise.finish()));
            encrypt();
            return bytes > 0;
        }

        @Override
        public TipCode keep() {
            return tips.issue(Optional.of(reference(id)));
        }

        @Override
        public void delete() {
            database.run(DELETE, id);
        }
    }

    /** What the tip is called that belongs to a message: by it a coordinator sets its status, as nobody knows its code. */
    public static String reference(UUID id) {
        return "v/" + id;
    }

    /** An id, when this is written as one. */
    public static Optional<UUID> id(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    /** A part that is put in another's place is noticed: its number is encrypted with it. */
    private static byte[] numbered(byte[] sound, int number) {
        return Buffer.buffer("%08d".formatted(number)).appendBytes(sound).getBytes();
    }

    // ---- for officers ----

    /**
     * A message that is kept.
     *
     * @param listened how often it was listened to
     */
    public record Kept(
            UUID id,
            LocalDate leftOn,
            LocalDate erasedOn,
            int seconds,
            String language,
            boolean disguised,
            int listened) {}

    /** All that are kept, the latest first. */
    public List<Kept> all() {
        var all = new ArrayList<Kept>();
        database.run(ALL)
                .forEach(row -> all.add(new Kept(
                        row.getUUID("id"),
                        row.getLocalDate("left_on"),
                        row.getLocalDate("erased_on"),
                        row.getInteger("seconds"),
                        row.getString("language"),
                        row.getBoolean("disguised"),
                        row.getInteger("listened"))));
        return all;
    }

    /**
     * The message, 8,000 samples a second, 16 bit, little-endian; that it was listened to is noted before it is returned. Empty when
     * there is none of this id.
     */
    public Optional<byte[]> listen(UUID id, String who, String reason) {
        return database.transaction(tx -> {
            var parts = tx.run(PARTS, id);
            if (parts.size() == 0) {
                return Optional.<byte[]>empty();
            }
            AuditStore.note(tx, who, "listened", id.toString(), reason);
            return Optional.of(opened(id, parts));
        });
    }

    /** The same once more, for who said why at most so long ago; empty for everybody else. */
    public Optional<byte[]> again(UUID id, String who, Duration ago) {
        var parts = database.run(PARTS_OF_WHO_SAID_WHY, id, who, Interval.of(ago));
        return parts.size() == 0 ? Optional.empty() : Optional.of(opened(id, parts));
    }

    private byte[] opened(UUID id, Iterable<Row> parts) {
        var sound = Buffer.buffer();
        for (var row : parts) {
            var part = Buffer.buffer(vault.open(row.getBuffer("encrypted").getBytes(), id));
            if (Integer.parseInt(new String(part.getBytes(0, Long.BYTES), US_ASCII)) != row.getInteger("number")) {
                throw new IllegalStateException("the parts of spoken tip " + id + " were put into another order");
            }
            sound.appendBuffer(part.slice(Long.BYTES, part.length()));
        }
        return sound.getBytes();
    }

    /** Erases what was kept long enough, and what came to nothing; how many. */
    public int erase() {
        return database.run(ERASE, today.get()).size();
    }
}
