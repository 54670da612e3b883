package tv.tldr.activities.egress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What comes here, by the bytes that it begins with? A playlist is read whole, since it is shown anew; of anything else the
 * first bytes say enough.
 */
final class Opening {
    static final int MOST_OF_A_PLAYLIST = 8 << 20;

    /** What a body may be for FFmpeg. */
    enum Kind {
        /** Not enough of it has come. */
        UNKNOWN,
        HLS,
        DASH,
        /** XML or HTML that is not a DASH playlist. */
        MARKUP,
        /** A playlist behind a tag that FFmpeg steps over. */
        DISGUISED,
        /** Begins as pieces of picture and sound do, or is empty. */
        MEDIA,
        /** Anything: a key, an encrypted piece, a text. */
        OTHER
    }

    /** How much is waited for to see where white space or a tag ends. */
    private static final int BEGINNING = 64 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Kind begun = Kind.UNKNOWN;

    /**
     * Takes what comes next.
     *
     * @return whether it is known what it is, and the rest need not be waited for
     * @throws ForbiddenAddressException when it is a playlist that is too large
     */
    boolean add(byte[] block) {
        if (isSettled()) {
            return true;
        }
        if (bytes.size() + block.length > MOST_OF_A_PLAYLIST) {
            throw new ForbiddenAddressException("its playlist is larger than 8 MB");
        }
        bytes.writeBytes(block);
        if (begun == Kind.UNKNOWN) {
            begun = of(whole(), false);
        }
        return isSettled();
    }

    private boolean isSettled() {
        return switch (begun) {
            case UNKNOWN, HLS, DASH, MARKUP -> false;
            case DISGUISED, MEDIA, OTHER -> true;
        };
    }

    /** What it is, now that it is known or all of it came. */
    Kind kind() {
        Kind known = begun == Kind.UNKNOWN ? of(whole(), true) : begun;
        return known == Kind.MARKUP && namesDash() ? Kind.DASH : known;
    }

    /** FFmpeg looks for these letters, wherever they stand. */
    private boolean namesDash() {
        return new String(whole(), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .contains("<mpd");
    }

    /** All that was taken: of a playlist, the whole. */
    byte[] whole() {
        return bytes.toByteArray();
    }

    /**
     * @param isComplete whether there is no more
     * @return {@link Kind#MARKUP} for whatever begins as XML does
     */
    static Kind of(byte[] body, boolean isComplete) {
        if (body.length == 0) {
            return isComplete ? Kind.MEDIA : Kind.UNKNOWN;
        }
        MediaStart start = new MediaStart(body);
        if (start.isTagged()) {
            return tagged(start, isComplete);
        }
        if (!isComplete && (body.length < MediaStart.ENOUGH || isBlank(body))) {
            return Kind.UNKNOWN;
        }
        if (start.begins(HlsPlaylist.START)) {
            return Kind.HLS;
        }
        int first = start.firstVisible();
        if (first < body.length && body[first] == '<') {
            return Kind.MARKUP;
        }
        return start.isMedia() ? Kind.MEDIA : Kind.OTHER;
    }

    private static boolean isBlank(byte[] body) {
        return body.length < BEGINNING && new MediaStart(body).firstVisible() == body.length;
    }

    /** What stands behind the tag counts: FFmpeg reads on there, whatever it is. */
    private static Kind tagged(MediaStart start, boolean isComplete) {
        if (start.tagEnd() > BEGINNING) {
            return Kind.OTHER;
        }
        byte[] rest = start.behindTag();
        if (!isComplete && rest.length < MediaStart.ENOUGH) {
            return Kind.UNKNOWN;
        }
        MediaStart behind = new MediaStart(rest);
        if (behind.isTagged()) {
            return Kind.OTHER;
        }
        return switch (of(rest, true)) {
            case HLS, MARKUP, DASH, DISGUISED -> Kind.DISGUISED;
            case MEDIA, UNKNOWN, OTHER -> behind.isSound() ? Kind.MEDIA : Kind.OTHER;
        };
    }
}
