/** Programs that measure the product from outside; nothing here is part of it. */
@NullMarked
package tv.tldr.bench;

import org.jspecify.annotations.NullMarked;
