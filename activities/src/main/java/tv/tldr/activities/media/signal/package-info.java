/** Measures recordings into signals: FFmpeg reads, plain Java computes; no scoring and no opinion about highlights. */
@NullMarked
package tv.tldr.activities.media.signal;

import org.jspecify.annotations.NullMarked;
