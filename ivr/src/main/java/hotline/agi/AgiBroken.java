package hotline.agi;

/** The other side does not speak as AGI does, or not in time: this call ends, and no other is touched. */
final class AgiBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AgiBroken(String what) {
        super(what);
    }
}
