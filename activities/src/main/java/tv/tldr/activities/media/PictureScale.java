package tv.tldr.activities.media;

/** How is a picture made smaller, in FFmpeg's words? Square pixels, even sides, never larger than it was. */
public final class PictureScale {
    private PictureScale() {}

    /** The filter; {@code ,setsar=1} belongs behind it and its options. */
    public static String atMost(int widest) {
        return "scale=w='max(2,trunc(min(" + widest + ",iw*sar)/2)*2)':h='max(2,trunc(ow/dar/2)*2)'";
    }

    /** The same in the colours of a JPEG. */
    public static String jpeg(int widest) {
        return atMost(widest) + ":out_range=full,setsar=1,format=yuvj420p";
    }
}
