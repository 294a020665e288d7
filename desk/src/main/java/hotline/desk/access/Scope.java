package hotline.desk.access;

/** What the holder of a token may do; whoever is not named at a call may not make it. */
public enum Scope {
    /** Everything: whoever knows {@code HOTLINE_API_TOKEN}. */
    ADMINISTRATOR,
    /** Call-backs, staff, shifts, alerts. */
    SUPERVISOR,
    /** The open call-backs. */
    RESPONDER,
    /** Codes and statuses of tips. */
    COORDINATOR,
    /** Spoken tips, with a reason. */
    OFFICER,
    /** The system that answers tips by text: it hands over the codes that it gave out. */
    TEXT_SYSTEM
}
