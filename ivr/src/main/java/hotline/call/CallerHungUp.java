package hotline.call;

/** The other side is gone: the normal end of many calls. It travels up to the place that answers calls. */
public final class CallerHungUp extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CallerHungUp() {
        super("the caller hung up", null, false, false);
    }
}
