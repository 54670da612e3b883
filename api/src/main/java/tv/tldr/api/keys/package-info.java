/** API keys over HTTP: made, changed, rotated and revoked; not how a request proves that it has one. */
@NullMarked
package tv.tldr.api.keys;

import org.jspecify.annotations.NullMarked;
