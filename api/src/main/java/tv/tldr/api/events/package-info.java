/** What happened, to be read or followed over HTTP; not why it happened. */
@NullMarked
package tv.tldr.api.events;

import org.jspecify.annotations.NullMarked;
