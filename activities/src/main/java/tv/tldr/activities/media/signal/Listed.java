package tv.tldr.activities.media.signal;

/**
 * One packet, or one block of decoded data, as FFmpeg listed it.
 *
 * @param time when it is shown, seconds of stream time; negative in what precedes the stream
 * @param duration seconds; 0 when the container does not say
 * @param size bytes
 * @param key whether a decoder may begin here
 */
record Listed(double time, double duration, int size, boolean key) {}
