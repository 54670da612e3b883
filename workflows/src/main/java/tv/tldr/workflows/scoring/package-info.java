/** What a second is worth along each dimension and why; not which seconds become highlights. */
@NullMarked
package tv.tldr.workflows.scoring;

import org.jspecify.annotations.NullMarked;
