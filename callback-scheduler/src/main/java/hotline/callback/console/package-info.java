/** What people see and say over HTTP: the API, the page of open call-backs, health and metrics. */
@NullMarked
package hotline.callback.console;

import org.jspecify.annotations.NullMarked;
