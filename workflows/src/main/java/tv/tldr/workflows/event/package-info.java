/** What happened, as told to customers, and how it is delivered: what is signed, and when it is tried again. */
@NullMarked
package tv.tldr.workflows.event;

import org.jspecify.annotations.NullMarked;
