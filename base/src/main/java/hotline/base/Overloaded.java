package hotline.base;

/** So much is asked at once that this was not done in time: nothing was changed, and it may be asked again. */
public final class Overloaded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Overloaded(String what, Throwable cause) {
        super(what, cause);
    }
}
