package hotline.base;

/** The database cannot be reached, or did not answer in time: it is not known whether the change was made. */
public final class DeskUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DeskUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
