package tv.tldr.workflows.stream;

import java.util.Locale;

/** What kind of source is a stream taken from? */
public enum Platform {
    TWITCH,
    YOUTUBE,
    HLS,
    DASH,
    RTMP,
    RTSP,
    SRT,
    FILE,
    UPLOAD;

    /** The word on the wire, lower case. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
