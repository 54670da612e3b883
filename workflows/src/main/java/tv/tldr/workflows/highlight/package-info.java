/** A moment that passed selection, and its identity; not its files on disk. */
@NullMarked
package tv.tldr.workflows.highlight;

import org.jspecify.annotations.NullMarked;
