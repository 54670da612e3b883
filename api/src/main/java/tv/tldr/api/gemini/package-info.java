/** What is done at the model's service on nobody's request; questions to it are asked by activities. */
@NullMarked
package tv.tldr.api.gemini;

import org.jspecify.annotations.NullMarked;
