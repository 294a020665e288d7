/** The SQL of call-backs: each move is a transaction, each page a query. */
@NullMarked
package hotline.callback.ledger;

import org.jspecify.annotations.NullMarked;
