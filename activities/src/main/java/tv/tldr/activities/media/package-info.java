/** FFmpeg as a child process: running, probing and recording; no scoring and no database. */
@NullMarked
package tv.tldr.activities.media;

import org.jspecify.annotations.NullMarked;
