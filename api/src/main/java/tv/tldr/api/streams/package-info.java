/** How streams are asked for: submission, lists, progress, the decision ledger, curves and stop; nothing of how a step is done. */
@NullMarked
package tv.tldr.api.streams;

import org.jspecify.annotations.NullMarked;
