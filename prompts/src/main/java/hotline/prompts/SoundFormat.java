package hotline.prompts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Formats in which telephones and sound editors save a recording, and which nothing here unpacks. */
enum SoundFormat {
    MP3("an MP3", "ID3|\\xFF[\\xE2\\xE3\\xF2\\xF3\\xFA\\xFB]"),
    AAC("an AAC", "\\xFF[\\xF0\\xF1\\xF8\\xF9]"),
    M4A("an M4A or MP4", ".{4}ftyp"),
    OGG("an OGG", "OggS"),
    FLAC("a FLAC", "fLaC"),
    AMR("an AMR", "#!AMR"),
    AIFF("an AIFF", "FORM.{4}AIF[FC]"),
    AU("an AU", "\\.snd"),
    CAF("a CAF", "caff"),
    WMA("a WMA", "0&\\xB2u"),
    WEBM("a WebM", "\\x1AE\\xDF\\xA3"),
    WAVE64("a Wave64", "riff\\x2E\\x91");

    private static final int HEAD = 16;

    private final String words;
    private final Pattern start;

    SoundFormat(String words, String start) {
        this.words = words;
        this.start = Pattern.compile(start, Pattern.DOTALL);
    }

    /** By how a file begins; its name says nothing. */
    static Optional<SoundFormat> of(byte[] file) {
        var head = new String(file, 0, Math.min(HEAD, file.length), StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(format -> format.start.matcher(head).lookingAt())
                .findFirst();
    }

    /** What it is, and what to do instead. */
    String advice() {
        return "this is " + words
                + " file: open it in a sound editor such as Audacity, export it as a WAV file, and send that";
    }
}
