/** Rows of PostgreSQL: every statement, every transaction and what their failures mean; no decision and no HTTP. */
@NullMarked
package tv.tldr.activities.store;

import org.jspecify.annotations.NullMarked;
