package tv.tldr.api.shares;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tv.tldr.activities.store.NewShare;
import tv.tldr.api.http.Fields;
import tv.tldr.api.http.Instants;
import tv.tldr.api.security.AddressRanges;
import tv.tldr.workflows.highlight.HighlightId;
import tv.tldr.workflows.highlight.ShareId;

/** Which link does a request want? */
@Component
final class ShareReader {
    private static final Duration USUAL = Duration.ofDays(7);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int MOST_VIEWS = 1_000_000;

    private final Clock clock;

    ShareReader(Clock clock) {
        this.clock = clock;
    }

    NewShare read(Fields body, ShareId id, HighlightId highlight, String by) {
        Instant now = clock.instant();
        Optional<Instant> expires = Instants.read(body, "expires_at");
        expires.filter(at -> !at.isAfter(now) || at.isAfter(now.plus(LONGEST)))
                .ifPresent(at -> body.refuse(
                        "expires_at", "must lie in the future, and at most " + LONGEST.toDays() + " days from now"));
        Optional<Integer> maxViews = body.integer("max_views", 1, MOST_VIEWS);
        boolean allowDownload = body.flag("allow_download", false);
        List<String> ranges = AddressRanges.read(body, "ip_ranges");
        body.finish();
        return new NewShare(
                id, highlight, by, expires.orElse(now.plus(USUAL)), maxViews.orElse(null), allowDownload, ranges);
    }
}
