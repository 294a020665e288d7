/** The HTTP API, described by openapi.json. */
@NullMarked
package hotline.desk.api;

import org.jspecify.annotations.NullMarked;
