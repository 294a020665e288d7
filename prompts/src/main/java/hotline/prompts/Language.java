package hotline.prompts;

import java.util.Arrays;
import java.util.Optional;

/** A language that callers can choose. Each one has every prompt. */
public enum Language {
    EN("en"),
    /** Spanish as it is spoken in Latin America (es-419). */
    ES("es");

    private final String folder;

    Language(String folder) {
        this.folder = folder;
    }

    /** The name of its sounds' folder: also what Asterisk's {@code CHANNEL(language)} is set to, and in the API. */
    public String folder() {
        return folder;
    }

    /** The language whose sounds lie in this folder. */
    public static Optional<Language> of(String folder) {
        return Arrays.stream(values())
                .filter(language -> language.folder.equals(folder))
                .findFirst();
    }
}
