/** One submitted source and its way through the system; not how any step of it is done. */
@NullMarked
package tv.tldr.workflows.stream;

import org.jspecify.annotations.NullMarked;
