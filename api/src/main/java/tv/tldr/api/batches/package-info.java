/** Batches over HTTP, and what their workflow has done; not what becomes of a single stream. */
@NullMarked
package tv.tldr.api.batches;

import org.jspecify.annotations.NullMarked;
