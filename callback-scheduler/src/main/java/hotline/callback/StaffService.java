package hotline.callback;

import hotline.base.DatabaseUnavailable;
import java.util.List;

/** Who can be called now. */
public interface StaffService {

    /**
     * The phones of people of a role who are on duty and not being called already: ten digits, {@code browser} or {@code desk7}.
     *
     * @throws DatabaseUnavailable when the database cannot say
     */
    List<String> phonesOnDuty(Role role);

    /** The phones that {@link #phonesOnDuty} last told, for when the database is gone. */
    List<String> lastKnown(Role role);
}
