/** Who owns things; not how anybody proves who they are. */
@NullMarked
package tv.tldr.workflows.account;

import org.jspecify.annotations.NullMarked;
