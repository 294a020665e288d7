package hotline.base.audit;

import static hotline.base.database.Columns.instant;
import static java.nio.charset.StandardCharsets.UTF_8;

import hotline.base.database.Database;
import hotline.base.database.Database.Transaction;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Who did what, and why. It is only ever added to: the database refuses anything else, and each entry carries a hash over itself
 * and the one before, so that whoever gets round the database is found out.
 */
public final class AuditStore {

    private static final String NOTE = """
            INSERT INTO audit (who, act, subject, reason) VALUES ($1, $2, $3, $4)
            """;

    private static final String FOUND = """
            ($2 = '' OR strpos(lower(concat_ws(' ', who, replace(act, '_', ' '), subject, reason)), $2) > 0)
            """;

    private static final String PAGE = """
            SELECT * FROM audit WHERE id < $1 AND
            """ + FOUND + " ORDER BY id DESC LIMIT $3";

    /** More need not be told apart. */
    private static final String COUNT = """
            SELECT count(*) AS n FROM (SELECT 1 FROM audit WHERE id <= $1 AND
            """ + FOUND + " LIMIT $3) AS found";

    private static final String CHAIN = """
            SELECT * FROM audit WHERE id > $1 ORDER BY id LIMIT 2000
            """;

    private static final String HEAD = """
            SELECT count(*) AS n, (SELECT encode(hash, 'hex') FROM audit ORDER BY id DESC LIMIT 1) AS head FROM audit
            """;

    private static final String HOLDS = """
            SELECT 1 FROM audit WHERE encode(hash, 'hex') = $1
            """;

    private static final String GUARDS = """
            SELECT count(*) AS n FROM pg_trigger WHERE tgrelid = 'audit'::regclass AND tgenabled IN ('O', 'A')
                AND tgname IN ('audit_is_append_only', 'audit_is_not_emptied', 'audit_is_chained')
            """;

    private static final int GUARDED_BY = 3;
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private final Database database;

    public AuditStore(Database database) {
        this.database = database;
    }

    /**
     * @param who the name on the token
     * @param act a word such as {@code listened}
     * @param subject what it was done to, never a number or a code
     */
    public record AuditEntry(Instant at, String who, String act, String subject, String reason) {}

    /**
     * How far the chain reaches.
     *
     * @param hash of the newest entry, in hexadecimal: written down elsewhere, it shows later whether the end was cut off
     */
    public record Head(long entries, String hash) {}

    /**
     * What a look at each entry found.
     *
     * @param broken the first entry that is not what was written, or does not follow what was written before it
     * @param guarded whether the database still refuses changes
     */
    public record Verdict(Head head, Optional<Long> broken, boolean guarded) {

        public boolean whole() {
            return broken.isEmpty() && guarded;
        }
    }

    public void note(String who, String act, String subject, String reason) {
        database.run(NOTE, who, act, subject, reason);
    }

    /** Together with what was done: neither is there without the other. */
    public static void note(Transaction tx, String who, String act, String subject, String reason) {
        tx.run(NOTE, who, act, subject, reason);
    }

    /** The last thousand, newest first. */
    public List<AuditEntry> latest() {
        return page(Long.MAX_VALUE, "", 1_000).stream().map(Numbered::entry).toList();
    }

    /** A page of the audit, newest first; {@code number} is where the next one goes on. */
    public record Numbered(long number, AuditEntry entry) {}

    /**
     * @param before only what was entered before this number
     * @param words that stand in the entry; empty for all
     */
    public List<Numbered> page(long before, String words, int atMost) {
        return StreamSupport.stream(
                        database.run(PAGE, before, words.toLowerCase(Locale.ROOT), atMost)
                                .spliterator(),
                        false)
                .map(row -> new Numbered(row.getLong("id"), entry(row)))
                .toList();
    }

    /** How many entries have these words, up to a number. */
    public long count(String words, int atMost) {
        return database.run(COUNT, Long.MAX_VALUE, words.toLowerCase(Locale.ROOT), atMost)
                .iterator()
                .next()
                .getLong("n");
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                instant(row, "at"),
                row.getString("who"),
                row.getString("act"),
                row.getString("subject"),
                row.getString("reason"));
    }

    public Head head() {
        var row = database.run(HEAD).iterator().next();
        return new Head(
                row.getLong("n"), Optional.ofNullable(row.getString("head")).orElse(""));
    }

    /** Whether a head that was written down earlier is still in the chain: if not, it was cut off or written anew. */
    public boolean holds(String head) {
        return database.run(HOLDS, head).size() == 1;
    }

    /** Looks at every entry; the hashes are worked out here, since the database's own may have been tampered with too. */
    public Verdict verify() {
        var guarded = database.run(GUARDS).iterator().next().getLong("n") == GUARDED_BY;
        var last = Buffer.buffer();
        var entries = 0L;
        for (var after = 0L; ; ) {
            var rows = database.run(CHAIN, after);
            for (var row : rows) {
                entries++;
                after = row.getLong("id");
                last = hash(last, row);
                if (!last.equals(row.getBuffer("hash"))) {
                    return new Verdict(new Head(entries, hex(last)), Optional.of(after), guarded);
                }
            }
            if (rows.size() == 0) {
                return new Verdict(new Head(entries, hex(last)), Optional.empty(), guarded);
            }
        }
    }

    /** As the database does it: every field with its length, so that no two entries are written the same. */
    private static Buffer hash(Buffer before, Row row) {
        var written = before.copy();
        for (var part : List.of(
                row.getLong("id").toString(),
                MICROSECONDS.format(row.getOffsetDateTime("at").withOffsetSameInstant(ZoneOffset.UTC)),
                row.getString("who"),
                row.getString("act"),
                row.getString("subject"),
                row.getString("reason"))) {
            var bytes = part.getBytes(UTF_8);
            written.appendString(bytes.length + ":").appendBytes(bytes);
        }
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(written.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(Buffer hash) {
        return HexFormat.of().formatHex(hash.getBytes());
    }
}
