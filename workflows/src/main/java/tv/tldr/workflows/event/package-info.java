/** What happened, as told to customers; not where it is sent. */
@NullMarked
package tv.tldr.workflows.event;

import org.jspecify.annotations.NullMarked;
