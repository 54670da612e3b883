/** How highlights and what led to them are asked for: lists, decision ledger, curves, files; nothing of how they are found. */
@NullMarked
package tv.tldr.api.highlights;

import org.jspecify.annotations.NullMarked;
