package tv.tldr.activities.egress;

import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which cookies does a server want to see again? Some give one with a redirect or a playlist, and ask for it where that leads. They
 * are kept for one job, and sent to whom they are for by host, path and TLS (RFC 6265).
 */
public final class Cookies {
    private static final int MOST = 50;
    /** No server takes more in one header. */
    private static final int LONGEST_TOGETHER = 8192;
    /** Longer than any job. */
    private static final long LONG_ENOUGH = Duration.ofDays(1).toSeconds();

    private record Place(String name, String domain, boolean withNamesBelow, String path) {
        boolean isFor(PublicUrl url) {
            String host = hostOf(url);
            String asked = pathOf(url);
            boolean isHost = host.equals(domain) || (withNamesBelow && host.endsWith("." + domain));
            return isHost
                    && asked.startsWith(path)
                    && (asked.length() == path.length() || path.endsWith("/") || asked.charAt(path.length()) == '/');
        }
    }

    private record Kept(String value, boolean isSecure, Instant end) {}

    private final Map<Place, Kept> kept = new ConcurrentHashMap<>();

    /** @param headers each as a server sent it, with what it answered at {@code url} */
    public synchronized void keep(PublicUrl url, List<String> headers, Instant now) {
        for (String header : headers) {
            Cookie cookie = ClientCookieDecoder.LAX.decode(header);
            if (cookie != null) {
                place(cookie, url).ifPresent(place -> keep(place, cookie, now));
            }
        }
    }

    private void keep(Place place, Cookie cookie, Instant now) {
        kept.remove(place);
        String value = cookie.name() + "=" + (cookie.wrap() ? '"' + cookie.value() + '"' : cookie.value());
        int length =
                kept.values().stream().mapToInt(one -> one.value().length() + 2).sum() + value.length();
        long seconds =
                cookie.maxAge() == Cookie.UNDEFINED_MAX_AGE ? LONG_ENOUGH : Math.min(cookie.maxAge(), LONG_ENOUGH);
        if (seconds > 0 && kept.size() < MOST && length <= LONGEST_TOGETHER) {
            kept.put(place, new Kept(value, cookie.isSecure(), now.plusSeconds(seconds)));
        }
    }

    /** For which URLs it is; empty when this server may not give it to those. */
    private static Optional<Place> place(Cookie cookie, PublicUrl url) {
        String path = cookie.path();
        String where = path == null || !path.startsWith("/") ? folder(pathOf(url)) : path;
        String domain = domain(cookie.domain());
        if (domain.isEmpty() || domain.equals(hostOf(url))) {
            boolean withNamesBelow = !domain.isEmpty() && url.address().isEmpty();
            return Optional.of(new Place(cookie.name(), hostOf(url), withNamesBelow, where));
        }
        boolean isAbove =
                domain.contains(".") && url.address().isEmpty() && hostOf(url).endsWith("." + domain);
        return isAbove ? Optional.of(new Place(cookie.name(), domain, true, where)) : Optional.empty();
    }

    private static String domain(@Nullable String told) {
        return told == null ? "" : told.toLowerCase(Locale.ROOT).replaceFirst("^\\.", "");
    }

    /** What a request of this URL has as its {@code Cookie}; empty: nothing. */
    public String of(PublicUrl url, Instant now) {
        boolean isSecure = "https".equalsIgnoreCase(url.uri().getScheme());
        return kept.entrySet().stream()
                .filter(one -> one.getKey().isFor(url))
                .filter(one -> isSecure || !one.getValue().isSecure())
                .filter(one -> now.isBefore(one.getValue().end()))
                .sorted(Comparator.comparing(one -> -one.getKey().path().length()))
                .map(one -> one.getValue().value())
                .collect(Collectors.joining("; "));
    }

    private static String hostOf(PublicUrl url) {
        return url.uri().getHost().toLowerCase(Locale.ROOT);
    }

    private static String pathOf(PublicUrl url) {
        String path = url.uri().getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private static String folder(String path) {
        int end = path.lastIndexOf('/');
        return end <= 0 ? "/" : path.substring(0, end);
    }
}
