/** Exact bytes in and out, over a real socket, with an Asterisk that is scripted. */
@NullMarked
package hotline.agi;

import org.jspecify.annotations.NullMarked;
