package hotline.desk.signin;

import hotline.desk.access.Scope;

/** How pages say what somebody may do. */
final class RoleWords {

    private RoleWords() {}

    /** What a role is called. */
    static String role(Scope scope) {
        return switch (scope) {
            case ADMINISTRATOR -> "Administrator";
            case SUPERVISOR -> "Supervisor";
            case RESPONDER -> "Responder";
            case COORDINATOR -> "Coordinator";
            case OFFICER -> "Officer";
            case TEXT_SYSTEM -> "Text system";
        };
    }

    /** What it opens. */
    static String may(Scope scope) {
        return switch (scope) {
            case ADMINISTRATOR -> "everything, and these accounts";
            case SUPERVISOR -> "the wall, reports, staff and the rota";
            case RESPONDER -> "the queue of call-backs";
            case COORDINATOR -> "what each tip's status says";
            case OFFICER -> "spoken tips, with a reason";
            case TEXT_SYSTEM -> "hands over codes that it gave out";
        };
    }
}
