package tv.tldr.activities.store;

import java.net.URI;
import java.util.Locale;
import tv.tldr.activities.storage.Sha256;
import tv.tldr.workflows.stream.StreamSource;

/** When are two sources the same? When scheme, host, port, path and query are, however the URL was spelled. */
final class SourceKey {
    private SourceKey() {}

    /** 32 bytes that the same sources share. */
    static byte[] of(StreamSource source) {
        return Sha256.of(normalised(source.url())).bytes();
    }

    private static String normalised(String url) {
        URI uri = URI.create(url).normalize();
        if (uri.getRawAuthority() == null || uri.getHost() == null) {
            return uri.toString();
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int standard =
                switch (scheme) {
                    case "http" -> 80;
                    case "https" -> 443;
                    default -> -1;
                };
        String port = uri.getPort() < 0 || uri.getPort() == standard ? "" : ":" + uri.getPort();
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path + query;
    }
}
