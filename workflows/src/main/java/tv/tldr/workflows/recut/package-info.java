/** How a highlight's clip is cut anew. */
@NullMarked
package tv.tldr.workflows.recut;

import org.jspecify.annotations.NullMarked;
