package hotline.agi;

import java.time.Duration;

/**
 * What the wire accepts from the other side.
 *
 * @param calls calls in flight; one more is closed at once, and the dialplan says so in words
 * @param lineBytes the longest line
 * @param environmentLines the most lines before the blank one
 * @param environment how long these may take to arrive
 */
public record AgiLimits(int calls, int lineBytes, int environmentLines, Duration environment) {

    public static final AgiLimits STANDARD = new AgiLimits(10_000, 4_096, 128, Duration.ofSeconds(5));
}
