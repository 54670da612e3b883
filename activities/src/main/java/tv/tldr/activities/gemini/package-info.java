/** Asking Gemini about windows of a recording: question, answer, price, and the client; no SQL and no decision over highlights. */
@NullMarked
package tv.tldr.activities.gemini;

import org.jspecify.annotations.NullMarked;
