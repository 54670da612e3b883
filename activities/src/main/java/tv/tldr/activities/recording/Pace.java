package tv.tldr.activities.recording;

/** Does a body come fast enough to wait for it? */
final class Pace {
    enum Verdict {
        FAIR,
        SLOW,
        STALLED
    }

    private final long idleNanos;
    private final long windowNanos;
    private final long windowBytes;
    private long lastNews;
    private long lastBytes;
    private long windowStart;
    private long windowStartBytes;

    /** @param now of {@link System#nanoTime} */
    Pace(SourceProperties properties, long now, long bytes) {
        this.idleNanos = properties.idleTimeout().toNanos();
        this.windowNanos = properties.slowWindow().toNanos();
        this.windowBytes = properties.slowSize().toBytes();
        this.lastNews = now;
        this.windowStart = now;
        this.lastBytes = bytes;
        this.windowStartBytes = bytes;
    }

    Verdict judge(long now, long bytes) {
        if (bytes > lastBytes) {
            lastBytes = bytes;
            lastNews = now;
        } else if (now - lastNews > idleNanos) {
            return Verdict.STALLED;
        }
        if (now - windowStart > windowNanos) {
            boolean slow = bytes - windowStartBytes < windowBytes;
            windowStart = now;
            windowStartBytes = bytes;
            return slow ? Verdict.SLOW : Verdict.FAIR;
        }
        return Verdict.FAIR;
    }
}
