package hotline.callback;

import hotline.base.DatabaseUnavailable;
import java.util.List;

/** Who can be called now. */
public interface StaffService {

    /**
     * The phones of people of a role who are on duty and not being called already, each once: ten digits, {@code browser} or
     * {@code desk7}. In the order in which they are to ring: whoever shares the language first, then whoever has been free
     * the longest; who was last seen on a call comes last.
     *
     * @throws DatabaseUnavailable when the database cannot say
     */
    List<String> phonesOnDuty(Role role, String language);

    /** The phones of everybody on duty as they were last known, for when the database is gone. */
    List<String> lastKnown(Role role);
}
