package hotline.desk.access;

/** The OpenID provider does not answer, or not in time. */
public final class ProviderUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProviderUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
