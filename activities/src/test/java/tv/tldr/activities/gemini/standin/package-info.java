/** A server that speaks Gemini's protocol and answers from the media it is given; it knows nothing of the client's code. */
@NullMarked
package tv.tldr.activities.gemini.standin;

import org.jspecify.annotations.NullMarked;
