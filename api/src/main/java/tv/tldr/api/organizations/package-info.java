/** Organizations over HTTP: who belongs to one, who is invited, and what was done in it. */
@NullMarked
package tv.tldr.api.organizations;

import org.jspecify.annotations.NullMarked;
