/** Moments of a stream in the formats of other programs: pure texts, nothing of HTTP or the database. */
@NullMarked
package tv.tldr.api.export;

import org.jspecify.annotations.NullMarked;
