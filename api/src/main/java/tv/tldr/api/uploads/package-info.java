/** How files come in: at once or piece by piece, into the object store; not what becomes of the streams made of them. */
@NullMarked
package tv.tldr.api.uploads;

import org.jspecify.annotations.NullMarked;
