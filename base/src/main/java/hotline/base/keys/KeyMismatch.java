package hotline.base.keys;

/** This node cannot work over this database, as it has other keys: the message says what to do. */
public final class KeyMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyMismatch(String message) {
        super(message);
    }
}
