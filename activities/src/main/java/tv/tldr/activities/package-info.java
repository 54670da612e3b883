/** How activities are done; this root keeps only what all of them share: turning exceptions into classified failures. */
@NullMarked
package tv.tldr.activities;

import org.jspecify.annotations.NullMarked;
