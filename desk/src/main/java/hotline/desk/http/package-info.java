/** What every page and API call goes through: routes, guards, templates, changes told to open pages. */
@NullMarked
package hotline.desk.http;

import org.jspecify.annotations.NullMarked;
