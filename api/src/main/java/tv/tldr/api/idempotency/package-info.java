/** A request that comes again is not done again; nothing of what any request does. */
@NullMarked
package tv.tldr.api.idempotency;

import org.jspecify.annotations.NullMarked;
