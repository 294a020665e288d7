package hotline.callback.dispatch;

import hotline.callback.Callback.Untaken;
import hotline.callback.Ledger.Locked;
import java.time.Instant;
import java.util.Optional;

/**
 * A call-back that is being called for.
 *
 * @param oneMore whether one person more is to be called
 * @param due whether its time had come; otherwise it had waited for somebody to be free
 */
record Candidate(Locked before, Untaken climbed, boolean oneMore, boolean due, Optional<Instant> wake) {}
