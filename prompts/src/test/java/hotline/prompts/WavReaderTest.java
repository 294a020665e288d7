package hotline.prompts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hotline.prompts.WavBytes.Sample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WAV files as recorders write them, and what is none. */
final class WavReaderTest {

    private static final int INTEGER = 1;
    private static final int FLOAT = 3;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;

    private static final byte[] MONO = WavBytes.format(INTEGER, 1, 8_000, 2);

    /** The frame is one sample of a half of full scale. */
    private static final byte[] HALF = WavBytes.steady((byte) 0, (byte) 0x40);

    private static String refused(byte[] file) {
        return String.valueOf(assertThrows(
                        IllegalArgumentException.class, () -> WavReader.of(file).sound())
                .getMessage());
    }

    private static void assertHalf(WavBytes file) {
        var sound = WavReader.of(file.file()).sound();
        assertEquals(10_000, sound.samples().length);
        assertTrue(
                Arrays.stream(sound.samples()).allMatch(sample -> Math.abs(sample - 0.5) < 0.01),
                () -> Arrays.toString(Arrays.copyOf(sound.samples(), 10)));
    }

    private static WavBytes wav() {
        return new WavBytes();
    }

    // ---- what is none ----

    @ParameterizedTest
    @CsvSource({
        "494433040000, an MP3",
        "FFFB9064, an MP3",
        "FFF14C80, an AAC",
        "0000001C667479704D344120, an M4A or MP4",
        "00000018667479703367703400, an M4A or MP4",
        "4F67675300, an OGG",
        "664C6143, a FLAC",
        "2321414D520A, an AMR",
        "2321414D522D57420A, an AMR",
        "464F524D0002EE2E41494646, an AIFF",
        "2E736E64, an AU",
        "63616666, a CAF",
        "3026B275, a WMA",
        "1A45DFA3, a WebM",
        "726966662E91CF11, a Wave64",
    })
    void another_format_is_called_by_its_name_with_what_to_do_instead(String start, String name) {
        assertEquals(
                "this is " + name
                        + " file: open it in a sound editor such as Audacity, export it as a WAV file, and send that",
                refused(Arrays.copyOf(HexFormat.of().parseHex(start), 4_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RIFF",
                "RIFF\0\0\0\0AVI ",
                "RIFX\0\0\0\0WAVEfmt ",
                "RIFF\0\0\0\0WAVE",
                "this is a text, and no sound"
            })
    void what_is_no_sound_at_all_is_refused_with_what_to_send(String file) {
        assertTrue(refused(file.getBytes(StandardCharsets.ISO_8859_1))
                .contains("save the recording as a 16 bit WAV file"));
    }

    @Test
    void a_film_in_the_same_wrapping_is_refused() {
        var film = wav().chunk("fmt ", MONO).chunk("data", HALF).file();
        System.arraycopy("AVI ".getBytes(StandardCharsets.US_ASCII), 0, film, 8, 4);
        assertTrue(refused(film).contains("not a WAV file"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x02, 0x11, 0x31, 0x50, 0x55, 0x161, 0xFFFE})
    void compressed_sound_is_refused_with_what_to_do(int coding) {
        for (var format :
                new byte[][] {WavBytes.format(coding, 1, 8_000, 2), WavBytes.extensible(coding, 1, 8_000, 2)}) {
            if (coding != 0xFFFE || format.length == 40) {
                assertEquals(
                        "the sound in this WAV file is compressed: export it without compression, as a 16 bit WAV file",
                        refused(wav().chunk("fmt ", format).chunk("data", HALF).file()));
            }
        }
    }

    @Test
    void a_guid_of_somebody_s_own_is_not_taken_for_a_coding() {
        var format = WavBytes.extensible(INTEGER, 1, 8_000, 2);
        format[39] = 0;
        assertTrue(
                refused(wav().chunk("fmt ", format).chunk("data", HALF).file()).contains("compressed"));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 43, 44, 45, 1_000, 20_000})
    void a_file_whose_end_is_missing_is_refused(int kept) {
        var whole = wav().chunk("fmt ", MONO).chunk("data", HALF).file();
        var told = refused(Arrays.copyOf(whole, kept));
        assertEquals("the end of this file is missing: copy it from the recorder, or export it, once more", told);
    }

    @Test
    void a_file_whose_end_is_missing_before_its_sound_is_refused() {
        var whole = wav().chunk("fmt ", MONO)
                .chunk("LIST", new byte[500])
                .chunk("data", HALF)
                .file();
        assertTrue(refused(Arrays.copyOf(whole, 300)).startsWith("the end of this file is missing"));
    }

    @Test
    void a_file_without_a_sample_is_refused() {
        var nothing = "there is no sound in this file: record it again";
        assertEquals(
                nothing,
                refused(wav().chunk("fmt ", MONO).chunk("data", new byte[0]).file()));
        assertEquals(
                nothing,
                refused(wav().chunk("fmt ", MONO).chunk("data", new byte[1]).file()));
        assertEquals(
                nothing,
                refused(wav().as("RIFF", 0)
                        .chunk("fmt ", MONO)
                        .chunk("data", new byte[0])
                        .file()));
        assertEquals(
                nothing,
                refused(wav().chunk("fmt ", MONO)
                        .chunk("data", new byte[0])
                        .chunk("LIST", new byte[40])
                        .file()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8000, 2, 16",
        "65535, 8000, 2, 16",
        "1, 8000, 0, 16",
        "2, 8000, 3, 16",
        "1, 8000, 65535, 16",
        "1, 8000, 1, 24",
        "1, 8000, 5, 40"
    })
    void a_head_that_contradicts_itself_is_refused(int channels, int rate, int frame, int bits) {
        var format = WavBytes.format(INTEGER, channels, rate, 1);
        ByteBuffer.wrap(format)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(12, (short) frame)
                .putShort(14, (short) bits);
        assertTrue(refused(wav().chunk("fmt ", format).chunk("data", HALF).file())
                .contains("not a WAV file that can be read"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, 7_919, Integer.MAX_VALUE})
    void a_rate_that_nothing_records_at_is_refused(int rate) {
        var told = refused(wav().chunk("fmt ", WavBytes.format(INTEGER, 1, rate, 2))
                .chunk("data", HALF)
                .file());
        assertTrue(told.contains("unusual sampling rate"), told);
    }

    @Test
    void sizes_that_lie_are_refused_and_take_no_memory() {
        var huge = 0x7000_0000L;
        assertTrue(refused(wav().chunk("fmt ", MONO).chunk("data", huge, HALF).file())
                .contains("end of this file"));
        assertTrue(refused(wav().chunk("fmt ", 0xFFFF_FFF0L, MONO)
                        .chunk("data", HALF)
                        .file())
                .contains("end of this file"));
        assertTrue(refused(wav().chunk("fmt ", MONO)
                        .chunk("LIST", 0xFFFF_FFFFL, HALF)
                        .chunk("data", HALF)
                        .file())
                .contains("end of this file"));
        assertTrue(
                refused(wav().chunk("fmt ", 3, new byte[3]).chunk("data", HALF).file())
                        .contains("not a WAV file"));
        assertTrue(refused(wav().chunk("data", HALF).chunk("fmt ", MONO).file()).contains("not a WAV file"));
        assertTrue(refused(wav().as("RF64", 0xFFFF_FFFFL)
                        .chunk("ds64", sizes(Long.MAX_VALUE >> 33))
                        .chunk("fmt ", MONO)
                        .chunk("data", 0xFFFF_FFFFL, HALF)
                        .file())
                .contains("end of this file"));
    }

    @Test
    void a_sample_that_is_no_number_is_refused() {
        for (var sample : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            var sound = ByteBuffer.allocate(4_000)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(400, sample)
                    .array();
            var file = wav().chunk("fmt ", WavBytes.format(FLOAT, 1, 8_000, 4))
                    .chunk("data", sound)
                    .file();
            assertTrue(refused(file).contains("damaged"));
        }
    }

    // ---- what recorders write ----

    private static Stream<Arguments> samples() {
        return Stream.of(
                Arguments.of("8 bit", INTEGER, 1, written((to, it) -> to.put((byte) (128 + it * 127)))),
                Arguments.of("16 bit", INTEGER, 2, written((to, it) -> to.putShort((short) (it * 0x7FFF)))),
                Arguments.of("24 bit", INTEGER, 3, written((to, it) -> {
                    var sample = (int) (it * 0x7F_FFFF);
                    return to.put((byte) sample).put((byte) (sample >> 8)).put((byte) (sample >> 16));
                })),
                Arguments.of("32 bit", INTEGER, 4, written((to, it) -> to.putInt((int) (it * Integer.MAX_VALUE)))),
                Arguments.of("float", FLOAT, 4, written((to, it) -> to.putFloat((float) it))),
                Arguments.of("double", FLOAT, 8, written(ByteBuffer::putDouble)),
                Arguments.of("A-law", A_LAW, 1, written((to, it) -> to.put(law(WavCoding.A_LAW, it)))),
                Arguments.of("mu-law", MU_LAW, 1, written((to, it) -> to.put(law(WavCoding.MU_LAW, it)))));
    }

    private static Sample written(Sample sample) {
        return sample;
    }

    /** The code whose value is nearest. */
    private static byte law(WavCoding coding, double sample) {
        var nearest = 0;
        var all = ByteBuffer.allocate(256);
        for (var code = 0; code < 256; code++) {
            all.put(code, (byte) code);
            if (Math.abs(coding.sample(all, code, 1) - sample) < Math.abs(coding.sample(all, nearest, 1) - sample)) {
                nearest = code;
            }
        }
        return (byte) nearest;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void every_way_to_write_a_sample_is_read(String name, int coding, int width, Sample sample) {
        for (var rate : new int[] {8_000, 44_100, 48_000}) {
            var tone = WavBytes.tone(2, rate, width, sample);
            for (var format :
                    new byte[][] {WavBytes.format(coding, 2, rate, width), WavBytes.extensible(coding, 2, rate, width)
                    }) {
                var reader = WavReader.of(
                        wav().chunk("fmt ", format).chunk("data", tone).file());
                assertEquals(0.1, reader.seconds(), 0.001);
                var sound = reader.sound();
                assertEquals(rate, sound.rate());
                for (var i = 0; i < rate / 10; i += 7) {
                    assertEquals(0.5 * Math.sin(2 * Math.PI * 440 * i / rate), sound.samples()[i], 0.02, name);
                }
            }
        }
    }

    /** ITU-T G.711, tables 1a and 2a. */
    @ParameterizedTest
    @CsvSource({
        "A_LAW, D5, 1, 4096", "A_LAW, 55, -1, 4096", "A_LAW, AA, 4032, 4096", "A_LAW, 2A, -4032, 4096",
                "A_LAW, C5, 33, 4096",
        "MU_LAW, FF, 0, 8192", "MU_LAW, 7F, 0, 8192", "MU_LAW, 80, 8031, 8192", "MU_LAW, 00, -8031, 8192",
                "MU_LAW, FE, 2, 8192"
    })
    void the_laws_are_those_of_the_standard(WavCoding law, String code, double value, double full) {
        var file = ByteBuffer.wrap(HexFormat.of().parseHex(code));
        assertEquals(value / full, law.sample(file, 0, 1));
    }

    @Test
    void twenty_bits_in_three_bytes_are_read_as_what_they_are() {
        var format = WavBytes.extensible(INTEGER, 1, 48_000, 3);
        format[14] = 20;
        assertHalf(wav().chunk("fmt ", format).chunk("data", WavBytes.steady((byte) 0, (byte) 0, (byte) 0x40)));
    }

    @ParameterizedTest
    @CsvSource({
        "4294967295, 4294967295",
        "0, 0",
        "36, 0",
        "4294967295, 4294967259",
        "2147483647, 2147483611",
        "2147479588, 2147479552",
        "2147483648, 2147483648"
    })
    void a_stream_that_does_not_know_its_length_is_read_to_its_end(long riff, long data) {
        assertHalf(wav().as("RIFF", riff).chunk("fmt ", MONO).chunk("data", data, HALF));
    }

    @Test
    void rf64_and_bw64_are_read_by_their_large_sizes() {
        for (var name : new String[] {"RF64", "BW64"}) {
            assertHalf(wav().as(name, 0xFFFF_FFFFL)
                    .chunk("ds64", sizes(HALF.length))
                    .chunk("fmt ", MONO)
                    .chunk("data", 0xFFFF_FFFFL, HALF)
                    .chunk("LIST", new byte[100]));
            assertHalf(wav().as(name, 0xFFFF_FFFFL)
                    .chunk("ds64", sizes(-1))
                    .chunk("fmt ", MONO)
                    .chunk("data", 0xFFFF_FFFFL, HALF));
        }
    }

    private static byte[] sizes(long data) {
        return ByteBuffer.allocate(28)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data + 100)
                .putLong(data)
                .array();
    }

    @Test
    void other_chunks_are_passed_over_whatever_their_size() {
        assertHalf(wav().chunk("JUNK", new byte[28])
                .chunk("bext", new byte[603])
                .chunk("fmt ", Arrays.copyOf(MONO, 18))
                .chunk("fact", new byte[4])
                .chunk("LIST", new byte[0])
                .chunk("data", HALF)
                .chunk("id3 ", new byte[5]));
        assertHalf(wav().chunk("LIST", 3, "abc".getBytes(StandardCharsets.US_ASCII))
                .chunk("fmt ", MONO)
                .chunk("data", HALF));
    }

    @Test
    void a_length_that_is_one_sample_too_large_is_forgiven() {
        assertHalf(wav().chunk("fmt ", MONO).chunk("data", HALF.length + 2L, HALF));
    }

    // ---- what is heard of it ----

    @Test
    void the_louder_channel_is_heard_also_where_the_other_is_turned_over() {
        assertHalf(wav().chunk("fmt ", WavBytes.format(INTEGER, 2, 48_000, 2))
                .chunk("data", WavBytes.steady((byte) 0, (byte) 0, (byte) 0, (byte) 0x40)));
        assertHalf(wav().chunk("fmt ", WavBytes.format(INTEGER, 2, 48_000, 2))
                .chunk("data", WavBytes.steady((byte) 0, (byte) 0x40, (byte) 0, (byte) 0xC0)));
    }

    @Test
    void floating_point_beyond_full_scale_is_made_softer_and_not_clipped() {
        var loud = WavBytes.tone(1, 8_000, 4, (to, it) -> to.putFloat((float) (8 * it)));
        var sound = WavReader.of(wav().chunk("fmt ", WavBytes.format(FLOAT, 1, 8_000, 4))
                        .chunk("data", loud)
                        .file())
                .sound();
        assertEquals(1, sound.peak());
        var full = Arrays.stream(sound.samples())
                .filter(sample -> Math.abs(sample) > 0.995)
                .count();
        assertTrue(full < 80, "a tone, and no square: " + full);
    }
}
