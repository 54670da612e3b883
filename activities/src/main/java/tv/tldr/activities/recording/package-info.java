/** How a source is brought into the object store, whole and hashed; what is in it is {@code media}'s question. */
@NullMarked
package tv.tldr.activities.recording;

import org.jspecify.annotations.NullMarked;
