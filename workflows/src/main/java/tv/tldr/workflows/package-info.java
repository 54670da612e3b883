/** What happens and every decision, pure and deterministic; nothing here touches the world: no Spring, no I/O, no clock of its own. */
@NullMarked
package tv.tldr.workflows;

import org.jspecify.annotations.NullMarked;
