package hotline.callback.dispatch;

import java.util.UUID;

/**
 * A staff phone to call now, to ask how the talk for a call-back went.
 *
 * @param phone as in {@link Ring}
 */
public record Question(UUID callback, String phone) {}
