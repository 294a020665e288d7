package hotline.prompts;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The sentences as they are written, one file a language: {@code en.properties}, {@code es.properties}. */
final class Words {

    private static final Map<Language, Words> READ = new EnumMap<>(Language.class);

    static {
        for (var language : Language.values()) {
            READ.put(language, new Words(language));
        }
    }

    private final String file;
    private final Properties sentences = new Properties();

    private Words(Language language) {
        file = language.folder() + ".properties";
        try (var in = Words.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing: write what " + language + " says in it");
            }
            sentences.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Words in(Language language) {
        var words = READ.get(language);
        if (words == null) {
            throw new IllegalStateException(language + " has no words");
        }
        return words;
    }

    /** @throws IllegalStateException when the file has no words for the key */
    String of(String key) {
        var words = sentences.getProperty(key, "").strip();
        if (words.isEmpty()) {
            throw new IllegalStateException(file + " has no words for " + key + ": write a line '" + key + " = ...'");
        }
        return words;
    }

    Set<String> keys() {
        return sentences.stringPropertyNames();
    }
}
