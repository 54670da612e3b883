/** Hearing what is said in a recording with a speech recogniser on this machine; not what becomes of the words. */
@NullMarked
package tv.tldr.activities.speech;

import org.jspecify.annotations.NullMarked;
