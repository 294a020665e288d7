package hotline.call;

/** The caller has been asked questions for too long: a person takes over. Travels up to the flow. */
public final class TimeIsUp extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TimeIsUp() {
        super("the caller has been with the machine for too long", null, false, false);
    }
}
