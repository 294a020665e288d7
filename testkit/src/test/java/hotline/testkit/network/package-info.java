@NullMarked
package hotline.testkit.network;

import org.jspecify.annotations.NullMarked;
