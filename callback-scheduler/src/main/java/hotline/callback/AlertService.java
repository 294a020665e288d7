package hotline.callback;

import hotline.base.DatabaseUnavailable;

/** What a person who was called about an alert says of it. */
public interface AlertService {

    /**
     * A person knows of it, so that nobody is called about it any more.
     *
     * @return false when there is no such alert
     * @throws DatabaseUnavailable when it could not be noted
     */
    boolean seen(long alert);
}
