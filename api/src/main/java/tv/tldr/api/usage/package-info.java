/** What an organization has used of its plan, and what it may not use any more; not how often it may ask. */
@NullMarked
package tv.tldr.api.usage;

import org.jspecify.annotations.NullMarked;
