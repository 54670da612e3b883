/** Who is asking, and may they? Nothing of what is asked. */
@NullMarked
package tv.tldr.api.security;

import org.jspecify.annotations.NullMarked;
