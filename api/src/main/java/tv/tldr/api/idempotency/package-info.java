/** A request that comes again is not done again, also when its process died; nothing of what any request does. */
@NullMarked
package tv.tldr.api.idempotency;

import org.jspecify.annotations.NullMarked;
