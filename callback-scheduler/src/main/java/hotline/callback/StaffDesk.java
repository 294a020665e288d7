package hotline.callback;

import hotline.base.DeskUnavailable;
import java.util.List;

/** Who can be rung now. */
public interface StaffDesk {

    /**
     * The phones of people of a role who are on duty and not being rung already: ten digits, {@code browser} or {@code desk7}.
     *
     * @throws DeskUnavailable when the database cannot say
     */
    List<String> phonesOnDuty(Role role);

    /** The phones that {@link #phonesOnDuty} last told, for when the database is gone. */
    List<String> lastKnown(Role role);
}
