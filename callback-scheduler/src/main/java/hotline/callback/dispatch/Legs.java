package hotline.callback.dispatch;

import hotline.callback.OfferService.OfferEnd;
import java.util.Set;
import java.util.UUID;

/** What becomes of staff legs, as the dialler sees it on the wire. */
public interface Legs {

    /** The staff phone did not answer. */
    void unanswered(UUID offer, OfferEnd end);

    /** The caller's phone, dialled under this offer, rings or is busy. */
    void callerRang(UUID offer);

    /** The caller's phone, dialled under this offer, was answered: both can speak. */
    void callerAnswered(UUID offer);

    /** The staff leg is over. */
    void gone(UUID offer);

    /**
     * These and no others are this node's living legs.
     *
     * @return those of them that ring for nothing: their offer has ended, and nobody was told to stop them
     */
    Set<UUID> alive(Set<UUID> offers);
}
