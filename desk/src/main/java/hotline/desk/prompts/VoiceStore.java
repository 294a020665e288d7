package hotline.desk.prompts;

import hotline.base.audit.AuditStore;
import hotline.base.database.Database;
import hotline.prompts.EnglishVoice;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Which voice speaks English, as it was chosen at the desk for all nodes. */
public final class VoiceStore {

    private static final String CHOSEN = """
            SELECT voice, chosen_by, chosen_at FROM english_voice
            """;

    /** Two who choose at once come one after the other, so that the audit tells what each replaced. */
    private static final String ONE_AFTER_THE_OTHER = """
            LOCK TABLE english_voice IN EXCLUSIVE MODE
            """;

    private static final String CHOOSE = """
            INSERT INTO english_voice (voice, chosen_by) VALUES ($1, $2)
            ON CONFLICT (one) DO UPDATE SET voice = excluded.voice, chosen_by = excluded.chosen_by, chosen_at = clock_timestamp()
            """;

    private final Database database;

    public VoiceStore(Database database) {
        this.database = database;
    }

    /** @param voice empty when only another release of this program knows it */
    public record Chosen(Optional<EnglishVoice> voice, String by, Instant at) {}

    /** Empty while each node speaks with what it began with. */
    public Optional<Chosen> chosen() {
        return first(database.run(CHOSEN));
    }

    /** @param before what spoke while nothing had been chosen */
    void choose(EnglishVoice voice, EnglishVoice before, String who) {
        database.transaction(tx -> {
            tx.run(ONE_AFTER_THE_OTHER);
            var was = first(tx.run(CHOSEN)).flatMap(Chosen::voice).orElse(before);
            tx.run(CHOOSE, voice.key(), who);
            AuditStore.note(tx, who, "voice_chosen", "English", was.label() + " → " + voice.label());
            return voice;
        });
    }

    private static Optional<Chosen> first(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .findFirst()
                .map(row -> new Chosen(
                        EnglishVoice.of(row.getString("voice")),
                        row.getString("chosen_by"),
                        row.getOffsetDateTime("chosen_at").toInstant()));
    }
}
