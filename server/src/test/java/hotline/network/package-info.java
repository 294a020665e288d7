@NullMarked
package hotline.network;

import org.jspecify.annotations.NullMarked;
