@NullMarked
package hotline.callback.ledger;

import org.jspecify.annotations.NullMarked;
