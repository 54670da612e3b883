/** The contracts of everything that touches the world, and how its failures are classified; no implementation. */
@NullMarked
package tv.tldr.workflows.activity;

import org.jspecify.annotations.NullMarked;
