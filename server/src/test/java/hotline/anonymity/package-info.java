@NullMarked
package hotline.anonymity;

import org.jspecify.annotations.NullMarked;
