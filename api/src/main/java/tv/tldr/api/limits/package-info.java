/** How often a client may ask, and what it hears of that; not what it asks for. */
@NullMarked
package tv.tldr.api.limits;

import org.jspecify.annotations.NullMarked;
