package tv.tldr.activities.egress;

import java.util.Optional;
import tv.tldr.activities.egress.Refusal.Reason;

/**
 * What may one job's FFmpeg see of what was fetched? Playlists as we show them. All else as it is; where FFmpeg would open
 * a playlist that it finds in it, only if it certainly is none: at first, and for pieces of DASH. Of pieces of HLS it opens
 * none, and there may be keys and encrypted ones, which look like anything.
 */
final class Screening {
    private boolean hasBegun;
    private boolean isHls;

    /**
     * Looks at the next body.
     *
     * @return what to show in its place; empty: the body itself
     * @throws RefusedException when nothing is
     * @throws ForbiddenAddressException when it is a playlist that names what may not be named
     */
    Optional<byte[]> shown(Opening opening, PublicUrl url) {
        Opening.Kind kind = opening.kind();
        boolean isStrict = isStrict(kind);
        return switch (kind) {
            case HLS -> Optional.of(HlsPlaylist.shown(opening.whole(), url));
            case DASH -> Optional.of(DashPlaylist.shown(opening.whole(), url));
            case DISGUISED -> throw new RefusedException(Reason.FORBIDDEN, "a playlist is hidden behind a tag");
            case MEDIA, MARKUP -> Optional.empty();
            case UNKNOWN, OTHER -> {
                if (isStrict) {
                    throw new RefusedException(
                            Reason.NOT_MEDIA, "what is at " + url + " is neither a playlist nor picture nor sound");
                }
                yield Optional.empty();
            }
        };
    }

    private synchronized boolean isStrict(Opening.Kind kind) {
        if (!hasBegun) {
            hasBegun = true;
            isHls = kind == Opening.Kind.HLS;
        }
        isHls &= kind != Opening.Kind.DASH;
        return !isHls;
    }
}
