package hotline.network;

/** The other side hung up while something else was awaited. */
final class HungUp extends AssertionError {

    private static final long serialVersionUID = 1;

    HungUp(String message) {
        super(message);
    }
}
