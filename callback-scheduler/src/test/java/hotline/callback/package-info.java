/** The rules of a call-back's life, held without a database. */
@NullMarked
package hotline.callback;

import org.jspecify.annotations.NullMarked;
