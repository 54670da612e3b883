/** What is said, and when by our own measurement; not who heard it and not what is made of it. */
@NullMarked
package tv.tldr.workflows.transcript;

import org.jspecify.annotations.NullMarked;
