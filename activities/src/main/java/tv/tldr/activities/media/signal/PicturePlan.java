package tv.tldr.activities.media.signal;

import java.util.List;

/**
 * Which pictures of a window are worth decoding? Keyframes cost a twelfth of a full decode, so they are the rule; the full
 * decode is for those who ask for it and for windows with hardly a keyframe.
 */
enum PicturePlan {
    /** No picture in this window, or none that could be reached in bounded time. */
    NOTHING,
    /** The keyframes, at most one a second. */
    KEYFRAMES,
    /** Everything, and a picture kept every two seconds, as of keyframes. */
    SPARSE,
    /** Everything, and four pictures kept each second. */
    THOROUGH;

    /** Encoders for streaming set a keyframe every 2 to 10 s. */
    private static final double RAREST = 20;
    /** Decoding what precedes the window may cost as much as the window itself, not more. */
    private static final double FARTHEST = 60;

    /** Pictures kept each second at most. */
    double rate() {
        return switch (this) {
            case NOTHING -> 0;
            case KEYFRAMES -> 1;
            case SPARSE -> 0.5;
            case THOROUGH -> 4;
        };
    }

    /** Whether keyframes are too rare in the window to tell what is seen in it. */
    static boolean isSparse(Packets packets, Seconds seconds) {
        long inside = packets.keyframes().stream()
                .filter(key -> seconds.index(key.time()) >= 0)
                .count();
        return inside * RAREST < seconds.window().duration();
    }

    /**
     * @param before the keyframe that decoding has to begin at, if one was looked for
     */
    static PicturePlan of(Packets packets, Seconds seconds, boolean thorough, List<Listed> before) {
        if (packets.isEmpty() || packets.begin() >= seconds.window().end()) {
            return NOTHING;
        }
        if (!thorough && !isSparse(packets, seconds)) {
            return KEYFRAMES;
        }
        boolean isNear = packets.keyframes().stream()
                        .anyMatch(key -> key.time() <= seconds.window().start())
                || before.stream().anyMatch(key -> seconds.window().start() - key.time() <= FARTHEST);
        if (isNear || seconds.first() == 0) {
            return thorough ? THOROUGH : SPARSE;
        }
        return packets.keyframes().isEmpty() ? NOTHING : KEYFRAMES;
    }
}
