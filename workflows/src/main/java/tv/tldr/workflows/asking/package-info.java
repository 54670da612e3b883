/** Which stretches of a stream is the model asked about, and in which order? */
@NullMarked
package tv.tldr.workflows.asking;

import org.jspecify.annotations.NullMarked;
