@NullMarked
package hotline.desk.rota;

import org.jspecify.annotations.NullMarked;
