/** The one executable: how the parts are started together; each way in has its own package. */
@NullMarked
package tv.tldr.api;

import org.jspecify.annotations.NullMarked;
