/** How a moment becomes a clip and a picture, exact to the frame, checked and stored; what a moment is, others decide. */
@NullMarked
package tv.tldr.activities.clip;

import org.jspecify.annotations.NullMarked;
