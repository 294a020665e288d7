package hotline.callback.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import hotline.base.keys.Vault;
import hotline.callback.Callback.Ask;
import hotline.callback.PhoneNumber;
import hotline.callback.Request;
import hotline.callback.Wishes;
import hotline.callback.journal.JournalEntry.Amended;
import hotline.callback.journal.JournalEntry.Asked;
import hotline.callback.journal.JournalEntry.Ready;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Entries as lines of text: a checksum, then words; what callers confide is encrypted. */
record EntryFormat(Vault vault) {

    private static final String NOTHING = "-";
    private static final int CHECKSUM = 8;

    String write(JournalEntry entry) {
        var words = switch (entry) {
            case Asked(Request request) ->
                String.join(
                        " ",
                        "asked",
                        request.id().toString(),
                        request.askedAt().orElseThrow().toString(),
                        write(request.ask().wishes()),
                        Boolean.toString(request.ask().confirmed()),
                        Boolean.toString(request.ask().consultation()),
                        encrypt(request.number().digits().getBytes(ISO_8859_1), request.id()));
            case Amended(var id, var wishes, var name) ->
                String.join(
                        " ",
                        "amended",
                        id.toString(),
                        write(wishes),
                        name.map(bytes -> encrypt(bytes, id)).orElse(NOTHING));
            case Ready(var id) -> "ready " + id;
        };
        return checksum(words) + " " + words;
    }

    private static String write(Wishes wishes) {
        return wishes.language() + " " + wishes.messageOk() + " " + wishes.numberShown();
    }

    /** Whether it was written to its end: a line that was torn is not. */
    static boolean whole(String line) {
        return line.length() > CHECKSUM
                && line.charAt(CHECKSUM) == ' '
                && line.startsWith(checksum(line.substring(CHECKSUM + 1)));
    }

    /** @throws IllegalStateException for a whole line that cannot be understood, or was encrypted with other keys */
    JournalEntry read(String line) {
        var words = line.substring(CHECKSUM + 1).split(" ", -1);
        var id = UUID.fromString(words[1]);
        return switch (words[0]) {
            case "asked" -> {
                var number = new PhoneNumber(new String(open(words[8], id), ISO_8859_1));
                var asked = Optional.of(Instant.parse(words[2]));
                var ask = new Ask(wishes(words, 3), Boolean.parseBoolean(words[6]), Boolean.parseBoolean(words[7]), 1);
                yield new Asked(new Request(id, asked, number, ask, Optional.empty()));
            }
            case "amended" -> {
                var name = Optional.of(words[5]).filter(text -> !text.equals(NOTHING));
                yield new Amended(id, wishes(words, 2), name.map(text -> open(text, id)));
            }
            case "ready" -> new Ready(id);
            default -> throw new IllegalStateException("unknown entry");
        };
    }

    private static Wishes wishes(String[] words, int from) {
        return new Wishes(words[from], Boolean.parseBoolean(words[from + 1]), Boolean.parseBoolean(words[from + 2]));
    }

    private String encrypt(byte[] secret, UUID id) {
        return Base64.getEncoder().encodeToString(vault.encrypt(secret, id));
    }

    private byte[] open(String encrypted, UUID id) {
        return vault.open(Base64.getDecoder().decode(encrypted), id);
    }

    private static String checksum(String words) {
        var sum = new CRC32C();
        sum.update(words.getBytes(ISO_8859_1));
        return "%08x".formatted(sum.getValue());
    }
}
