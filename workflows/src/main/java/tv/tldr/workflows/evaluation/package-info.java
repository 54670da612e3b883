/** How good a selection is against the truth that people gave; not how it was made. */
@NullMarked
package tv.tldr.workflows.evaluation;

import org.jspecify.annotations.NullMarked;
