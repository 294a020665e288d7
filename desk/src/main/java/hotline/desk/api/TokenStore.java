package hotline.desk.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import hotline.base.database.Columns;
import hotline.base.database.Database;
import hotline.desk.access.Scope;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Tokens of people and systems: 32 random bytes, of which the database keeps the SHA-256. So much chance needs no salt and no
 * slow digest.
 */
public final class TokenStore {

    private static final int BYTES = 32;

    private static final String ISSUE = """
            INSERT INTO api_token (name, scope, fingerprint) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING name
            """;

    private static final String HOLDER = """
            SELECT * FROM api_token WHERE fingerprint = $1
            """;

    private static final String ALL = """
            SELECT * FROM api_token ORDER BY name
            """;

    private static final String REVOKE = """
            DELETE FROM api_token WHERE name = $1 RETURNING name
            """;

    private final Database database;
    private final SecureRandom random = new SecureRandom();

    public TokenStore(Database database) {
        this.database = database;
    }

    /** Who a token was issued to. */
    public record Holder(String name, Scope scope, Instant issuedAt) {}

    /** A fresh token, told once; empty when this name already holds one. */
    public Optional<String> issue(String name, Scope scope) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var token = HexFormat.of().formatHex(bytes);
        var word = scope.name().toLowerCase(Locale.ROOT);
        return database.run(ISSUE, name, word, fingerprint(token)).size() == 1 ? Optional.of(token) : Optional.empty();
    }

    public Optional<Holder> holder(String token) {
        for (var row : database.run(HOLDER, fingerprint(token))) {
            return Optional.of(holder(row));
        }
        return Optional.empty();
    }

    public List<Holder> all() {
        return StreamSupport.stream(database.run(ALL).spliterator(), false)
                .map(TokenStore::holder)
                .toList();
    }

    /** False when nobody of this name holds one. */
    public boolean revoke(String name) {
        return database.run(REVOKE, name).size() == 1;
    }

    private static Holder holder(Row row) {
        return new Holder(
                row.getString("name"),
                Scope.valueOf(row.getString("scope").toUpperCase(Locale.ROOT)),
                Columns.instant(row, "issued_at"));
    }

    private static Buffer fingerprint(String token) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
