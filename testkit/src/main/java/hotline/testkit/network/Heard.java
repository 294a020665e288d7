package hotline.testkit.network;

import java.time.Duration;

/**
 * A prompt that was heard.
 *
 * @param prompt its key, such as {@code tips-menu}
 * @param language the folder that the sound was in
 * @param at when it began, from the start of the recording
 * @param likeness the normalized correlation with the prompt's sound, 1 when it was heard exactly and to its end
 */
public record Heard(String prompt, String language, Duration at, double likeness) {}
