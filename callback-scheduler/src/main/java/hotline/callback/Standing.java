package hotline.callback;

/** How a promise stands: computed from its times, never stored. */
public enum Standing {
    ON_TIME,
    AT_RISK,
    /** The due time has passed, and the caller's phone had not rung by then. */
    BROKEN,
    /** A live staff member was on the line, and the caller's phone rang, was busy or answered before the due time. */
    KEPT
}
