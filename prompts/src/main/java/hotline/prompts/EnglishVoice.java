package hotline.prompts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The voices that can speak English here, the one that a hotline begins with first. docs/voices.md says how they were measured. */
public enum EnglishVoice {
    RMS("flite rms", "A man, American English", "Its own licence: anyone may use it for any purpose."),
    BDL(
            "RHVoice bdl",
            "A man, American English",
            "Program GPL-3 or later, voice GPL-2 or later: you may run it and play what it says."),
    CLB(
            "RHVoice clb",
            "A woman, American English",
            "Program GPL-3 or later. For the voice, Debian says GPL-2 or later and Gentoo CC BY-NC-ND: ask its makers before a"
                    + " public hotline uses it."),
    KEVIN16(
            "FreeTTS kevin16",
            "A man, American English",
            "BSD-style: you may use it for any purpose. It is part of this program, and always here.");

    private final String label;
    private final String speaker;
    private final String licence;

    EnglishVoice(String label, String speaker, String licence) {
        this.label = label;
        this.speaker = speaker;
        this.licence = licence;
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

    /** In one sentence or two: whose it is, and what that allows. */
    public String licence() {
        return licence;
    }
}
