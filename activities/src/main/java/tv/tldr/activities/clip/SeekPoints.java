package tv.tldr.activities.clip;

import java.util.OptionalDouble;

/**
 * From where on are picture and sound read? Seconds on the container's clock; empty: from the beginning. They are apart
 * because a decoder of sound needs a run-up, which would cost the picture a whole group of frames.
 */
record SeekPoints(OptionalDouble picture, OptionalDouble sound) {}
