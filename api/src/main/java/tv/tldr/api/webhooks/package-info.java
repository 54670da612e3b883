/** Endpoints that are told of what happens, over HTTP, and the activity that tells them; not what happens. */
@NullMarked
package tv.tldr.api.webhooks;

import org.jspecify.annotations.NullMarked;
