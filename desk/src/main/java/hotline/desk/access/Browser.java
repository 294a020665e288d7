package hotline.desk.access;

import java.util.Optional;

/**
 * What somebody signs in with.
 *
 * @param device what it was given at an earlier sign-in
 * @param session that it shows, if it has one
 * @param kind in words, such as {@code Firefox on Windows}
 */
public record Browser(Optional<String> device, Optional<String> session, String kind) {}
