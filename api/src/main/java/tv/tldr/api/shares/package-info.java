/** Links by which anybody sees one highlight, for a time and so many times. */
@NullMarked
package tv.tldr.api.shares;

import org.jspecify.annotations.NullMarked;
