/** Which addresses may be reached for a URL that a customer gave, and what may be named by what is there; used by everything that opens one. */
@NullMarked
package tv.tldr.activities.egress;

import org.jspecify.annotations.NullMarked;
