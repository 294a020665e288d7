package hotline.prompts;

import java.util.Arrays;
import java.util.Optional;

/** A language that callers can choose, and the folder of its sounds. */
public enum Language {
    EN("en"),
    /** Spanish as it is spoken in Latin America (es-419). */
    ES("es");

    private final String folder;

    Language(String folder) {
        this.folder = folder;
    }

    /** The name of its folder under {@code sounds}, which is also its name in the database and the API. */
    public String folder() {
        return folder;
    }

    public static Optional<Language> of(String folder) {
        return Arrays.stream(values()).filter(it -> it.folder.equals(folder)).findFirst();
    }
}
