/** A moment that passed selection, its identity and that of the links to it; not its files on disk. */
@NullMarked
package tv.tldr.workflows.highlight;

import org.jspecify.annotations.NullMarked;
