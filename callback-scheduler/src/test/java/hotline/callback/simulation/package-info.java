/** Days of the hotline in seconds: the real dispatcher and the real moves over a ledger in memory, with faults from a seed. */
@NullMarked
package hotline.callback.simulation;

import org.jspecify.annotations.NullMarked;
