/** Where recordings and clips are kept under deterministic keys; nothing here knows what is inside them. */
@NullMarked
package tv.tldr.activities.storage;

import org.jspecify.annotations.NullMarked;
