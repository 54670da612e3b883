/** What is measured each second without AI, as plain arrays; not how it is measured and not what it means. */
@NullMarked
package tv.tldr.workflows.signal;

import org.jspecify.annotations.NullMarked;
