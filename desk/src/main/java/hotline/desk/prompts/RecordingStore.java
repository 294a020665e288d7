package hotline.desk.prompts;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import hotline.prompts.Recordings;
import hotline.prompts.Recordings.SpokenLine;
import hotline.prompts.Recordings.Take;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What people recorded at the desk, and which node has it. */
public final class RecordingStore {

    /** Two who put in a recording at once come one after the other; whoever reads does not wait. */
    private static final String ONE_AFTER_THE_OTHER = """
            LOCK TABLE recording IN SHARE ROW EXCLUSIVE MODE
            """;

    private static final String CURRENT = """
            SELECT id, length_ms, put_in_by, put_in_at FROM recording
            WHERE language = $1 AND prompt = $2 AND removed_at IS NULL
            """;

    private static final String REMOVE = """
            UPDATE recording SET sound = NULL, removed_at = clock_timestamp() WHERE id = $1
            """;

    private static final String PUT_IN = """
            INSERT INTO recording (language, prompt, sound, checksum, length_ms, put_in_by) VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String ALL = """
            SELECT id, language || '/' || prompt AS path, encode(checksum, 'hex') AS checksum, removed_at IS NULL AS current
            FROM recording ORDER BY id
            """;

    private static final String SOUND = """
            SELECT sound FROM recording WHERE id = $1 AND removed_at IS NULL
            """;

    private static final String TELL = """
            INSERT INTO recording_copy (node, recording, trouble) SELECT $1, id, $3 FROM recording WHERE id = $2
            ON CONFLICT (node, recording) DO UPDATE SET trouble = excluded.trouble
            """;

    private static final String COPIES = """
            SELECT node.name, node.id = $2 AS here, recording_copy.trouble
            FROM node LEFT JOIN recording_copy ON recording_copy.node = node.id AND recording_copy.recording = $1
            WHERE node.seen_at > clock_timestamp() - interval '30 seconds' ORDER BY node.name, node.id
            """;

    private static final String NOT_YET = "It comes within seconds.";

    private final Database database;

    public RecordingStore(Database database) {
        this.database = database;
    }

    /** Who puts it in, or removes it, of which line, and who spoke it before where the database knows of no recording. */
    record Change(String who, SpokenLine line, String subject, String before) {}

    /** One that is heard. */
    public record Kept(long id, Duration length, String by, Instant at) {

        String words() {
            return RecordingStore.words(length);
        }
    }

    /**
     * One that is, or was, heard.
     *
     * @param path of its line
     * @param checksum of its sound, in hexadecimal
     * @param current false once it was replaced or removed: then its sound is no longer kept
     */
    record StoredRecording(long id, String path, String checksum, boolean current) {}

    /** @param trouble why this node does not have it; empty when it has */
    public record Copy(String node, boolean here, String trouble) {}

    /** In place of any other; told to every node once it is committed. */
    void putIn(Change change, Take take) {
        database.transaction(tx -> {
            tx.run(ONE_AFTER_THE_OTHER);
            var before = current(tx, change.line);
            before.ifPresent(kept -> tx.run(REMOVE, kept.id));
            tx.run(
                    PUT_IN,
                    change.line.language().folder(),
                    change.line.key(),
                    Buffer.buffer(take.wav()),
                    Buffer.buffer(HexFormat.of().parseHex(Recordings.checksum(take.wav()))),
                    (int) take.length().toMillis(),
                    change.who);
            note(tx, change, "prompt_recorded", before, words(take.length()));
            return take;
        });
    }

    /** False when none is kept: then nothing is changed. */
    boolean remove(Change change) {
        return database.transaction(tx -> {
            tx.run(ONE_AFTER_THE_OTHER);
            var before = current(tx, change.line);
            before.ifPresent(kept -> {
                tx.run(REMOVE, kept.id);
                note(tx, change, "recording_removed", before, change.line.voice());
            });
            return before.isPresent();
        });
    }

    private static void note(Transaction tx, Change change, String act, Optional<Kept> before, String after) {
        var was = before.map(Kept::words).orElse(change.before);
        AuditStore.note(tx, change.who, act, change.subject, was + " → " + after);
    }

    /** A file that lay on one node alone was removed there. */
    void noteRemovedHere(Change change) {
        new AuditStore(database)
                .note(change.who, "recording_removed", change.subject, "a recording → " + change.line.voice());
    }

    private static Optional<Kept> current(Transaction tx, SpokenLine line) {
        return first(tx.run(CURRENT, line.language().folder(), line.key()));
    }

    Optional<Kept> current(SpokenLine line) {
        return first(database.run(CURRENT, line.language().folder(), line.key()));
    }

    private static Optional<Kept> first(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .findFirst()
                .map(row -> new Kept(
                        row.getLong("id"),
                        Duration.ofMillis(row.getInteger("length_ms")),
                        row.getString("put_in_by"),
                        row.getOffsetDateTime("put_in_at").toInstant()));
    }

    private static String words(Duration length) {
        return "a recording of %.1f seconds".formatted(length.toMillis() / 1000.0);
    }

    // ---- for the nodes ----

    /** All that were ever put in, the oldest first, without their sound. */
    List<StoredRecording> all() {
        return StreamSupport.stream(database.run(ALL).spliterator(), false)
                .map(row -> new StoredRecording(
                        row.getLong("id"), row.getString("path"), row.getString("checksum"), row.getBoolean("current")))
                .toList();
    }

    /** Empty once it was replaced or removed. */
    Optional<byte[]> sound(long id) {
        return StreamSupport.stream(database.run(SOUND, id).spliterator(), false)
                .findFirst()
                .map(row -> row.getBuffer("sound").getBytes());
    }

    /** @param trouble why the node does not have it; empty when it has */
    void tell(String node, long id, String trouble) {
        database.run(TELL, node, id, trouble);
    }

    /** Of all nodes that live. */
    List<Copy> copies(long id, String here) {
        return StreamSupport.stream(database.run(COPIES, id, here).spliterator(), false)
                .map(row -> new Copy(
                        row.getString("name"),
                        row.getBoolean("here"),
                        Optional.ofNullable(row.getString("trouble")).orElse(NOT_YET)))
                .toList();
    }
}
