/** How dimension sets and highlight types are written down and read by customers; nothing of how they score. */
@NullMarked
package tv.tldr.api.dimensions;

import org.jspecify.annotations.NullMarked;
