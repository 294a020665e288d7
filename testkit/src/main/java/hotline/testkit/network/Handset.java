package hotline.testkit.network;

/**
 * What a telephone, or the network behind it, does with sound and keys.
 *
 * @param quiet it sends nothing at all while nobody speaks (DTX, mute, a caller who only listens)
 * @param events it offers keys as RFC 4733 events
 */
record Handset(boolean quiet, boolean events) {

    static final Handset PLAIN = new Handset(false, true);

    Handset onAQuietLine() {
        return new Handset(true, events);
    }

    Handset withoutKeyEvents() {
        return new Handset(quiet, false);
    }
}
