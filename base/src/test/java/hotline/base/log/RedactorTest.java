package hotline.base.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6175557793",
                "+16175557793",
                "1-617-555-7793",
                "(617) 555-7793",
                "617.555.7793",
                "sip:+16175557793@carrier.example",
                "907153",
                "907 153",
                "907-153",
            })
    void numbers_and_codes_are_masked_in_every_writing(String secret) {
        var line = Redactor.masked("call of <" + secret + "> broke");
        assertFalse(line.matches(".*\\d{3}.*"), line);
        assertTrue(line.startsWith("call of <") && line.endsWith("> broke"), line);
    }

    @ParameterizedTest
    @CsvSource({
        "call 4092c3b9-cd9b-4c83-8b0f-125625f5eb9a broke",
        "127.0.0.1:45731 is taken",
        "192.168.100.200 refused",
        "again 57 ms after it",
        "at hotline.agi.AgiWire.send(AgiWire.java:84)",
    })
    void what_the_person_on_duty_needs_is_left(String line) {
        assertEquals(line, Redactor.masked(line));
    }

    /** Through the very configuration that runs: whoever forgets the filter there is found here. */
    @Test
    void neither_a_message_nor_an_exception_brings_a_number_or_a_code_through() {
        var thrown = new IllegalStateException("duplicate key (6175557793)", new IllegalArgumentException("907153"));
        var line = written("from {}\nand {}", thrown, "+16175557793", "907153");
        assertFalse(line.contains("5557793") || line.contains("907153"), line);
        assertTrue(line.contains("from …\\nand …") && line.contains("IllegalStateException"), line);
    }

    /** Whatever somebody sends, each line is of ours: of an entry, or of what was thrown. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029", "\n\n", "\u000b", "\f"})
    void neither_a_message_nor_an_exception_forges_a_line(String lineBreak) {
        var forged = "x" + lineBreak + "2026-11-24 12:00:00 INFO  Main: all is well\u001b[2J";
        var thrown = new IllegalStateException(forged, new IllegalArgumentException(forged));
        thrown.addSuppressed(new IllegalArgumentException(forged));
        var written = written("from {}", thrown, forged);
        assertFalse(written.contains("\u001b"), written);
        var lines = Pattern.compile("[\\n\\r\\x0b\\f\\x85\\u2028\\u2029]+").split(written.strip());
        assertTrue(lines[0].contains("all is well"), written);
        for (var line : Arrays.asList(lines).subList(1, lines.length)) {
            assertTrue(line.matches("(\t|Caused by: |java.lang.IllegalState).*"), line);
        }
    }

    private static String written(String message, Throwable thrown, Object... parts) {
        var context = new LoggerContext();
        context.setName("tested");
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(RedactorTest.class.getResource("/logback.xml"));
        } catch (ch.qos.logback.core.joran.spi.JoranException e) {
            throw new AssertionError(e);
        }
        var appender = (ConsoleAppender<?>) context.getLogger("ROOT").getAppender("out");
        @SuppressWarnings("unchecked")
        var encoder = (Encoder<Object>) appender.getEncoder();
        var event = new LoggingEvent("", context.getLogger("a.Library"), Level.ERROR, message, thrown, parts);
        var written = new String(encoder.encode(event), StandardCharsets.UTF_8);
        context.stop();
        return written;
    }
}
