package hotline.tips;

import java.util.Optional;

/** Where the state of a tip is asked for. */
public interface TipDesk {

    /**
     * Looks a code up.
     *
     * @return empty when nobody was given this code
     * @throws hotline.callback.DeskUnavailable when it cannot be looked up now
     */
    Optional<TipStatus> status(TipCode code);
}
