package hotline.callback.keep;

import java.util.UUID;

/**
 * A staff phone to ring now; its offer is committed.
 *
 * @param phone ten digits, or {@code browser}
 */
public record Ring(UUID offer, String phone) {}
