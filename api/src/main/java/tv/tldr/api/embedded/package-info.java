/** PostgreSQL and Temporal as children of this process, for whoever has not set up their own; not what runs on them. */
@NullMarked
package tv.tldr.api.embedded;

import org.jspecify.annotations.NullMarked;
