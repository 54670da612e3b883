/** How the service is, and how it describes itself: health, documentation; nothing of any one tenant. */
@NullMarked
package tv.tldr.api.ops;

import org.jspecify.annotations.NullMarked;
