/** Which scored intervals become highlights and which rule dropped the others; not how they were scored. */
@NullMarked
package tv.tldr.workflows.selection;

import org.jspecify.annotations.NullMarked;
