package hotline.callback;

/** What a staff member is called for. */
public enum Role {
    /** Calls people back on the trauma line. */
    RESPONDER,
    /** Answers callers of the tip line. */
    OFFICER,
    /** Is called in when nobody has taken a call-back. */
    SUPERVISOR,
    /** Is called in shortly before a promise breaks. */
    MANAGER
}
