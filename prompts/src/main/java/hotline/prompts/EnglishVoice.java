package hotline.prompts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The voices that can speak English here, the one that a hotline begins with first. docs/voices.md says how they were measured. */
public enum EnglishVoice {
    RMS("flite rms", "A man, American English", 14, "Its own license: anyone may use it for any purpose."),
    BDL(
            "RHVoice bdl",
            "A man, American English",
            14,
            "Program GPL-3 or later, voice GPL-2 or later: you may run it and play what it says."),
    CLB(
            "RHVoice clb",
            "A woman, American English",
            12,
            "Program GPL-3 or later. For the voice, Debian says GPL-2 or later and Gentoo CC BY-NC-ND: ask its makers before a"
                    + " public hotline uses it."),
    KEVIN16(
            "FreeTTS kevin16",
            "A man, American English",
            39,
            "BSD-style: you may use it for any purpose. It is part of this program, and always here.");

    private final String label;
    private final String speaker;
    private final int mistaken;
    private final String license;

    EnglishVoice(String label, String speaker, int mistaken, String license) {
        this.label = label;
        this.speaker = speaker;
        this.mistaken = mistaken;
        this.license = license;
    }

    /** The voice by its short name, such as {@code bdl}: in addresses, the database and a node's files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EnglishVoice> of(String key) {
        return Arrays.stream(values()).filter(voice -> voice.key().equals(key)).findFirst();
    }

    /** The program and the voice, as people know them. */
    public String label() {
        return label;
    }

    /** Who it sounds like. */
    public String speaker() {
        return speaker;
    }

    /** How many of a hundred words a recognizer did not understand by telephone: docs/voices.md. */
    public int mistaken() {
        return mistaken;
    }

    /** In one sentence or two: whose it is, and what that allows. */
    public String license() {
        return license;
    }
}
