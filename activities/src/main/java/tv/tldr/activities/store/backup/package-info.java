/** All that an installation must not lose, in another place and back: the rows of one moment and the objects that they name. */
@NullMarked
package tv.tldr.activities.store.backup;

import org.jspecify.annotations.NullMarked;
