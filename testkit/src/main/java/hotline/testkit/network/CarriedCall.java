package hotline.testkit.network;

/**
 * A call that has passed through the carrier, as the carrier recorded it. The last fifth of a second may be missing, and of
 * a call that was refused nothing was heard.
 *
 * @param number what was called, in digits
 */
public record CarriedCall(String number, Recording heardByCaller, Recording heardByCalled) {}
