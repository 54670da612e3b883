/** What happened in a stream, as somebody outside of it says, over HTTP. */
@NullMarked
package tv.tldr.api.markers;

import org.jspecify.annotations.NullMarked;
