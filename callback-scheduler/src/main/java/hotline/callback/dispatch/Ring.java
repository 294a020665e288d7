package hotline.callback.dispatch;

import java.util.UUID;

/**
 * A staff phone to ring now; its offer is committed.
 *
 * @param phone ten digits, {@code desk7} for a person's own phone in the browser, or {@code browser} for the shared one
 */
public record Ring(UUID offer, String phone) {}
