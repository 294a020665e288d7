@NullMarked
package hotline.base.database;

import org.jspecify.annotations.NullMarked;
