package hotline.base;

/** The database cannot be reached, or did not answer in time: it is not known whether the change was made. */
public final class DatabaseUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
