/** Staff and their shifts. */
@NullMarked
package hotline.desk.rota;

import org.jspecify.annotations.NullMarked;
