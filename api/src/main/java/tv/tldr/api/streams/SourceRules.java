package tv.tldr.api.streams;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamSource;

/** Which sources does this installation take, and what kind of source is a text? */
@Component
final class SourceRules {
    private static final Set<String> LIVE_SCHEMES = Set.of("rtmp", "rtmps", "rtsp", "srt", "s3");
    private static final List<String> TWITCH = List.of("twitch.tv");
    private static final List<String> YOUTUBE = List.of("youtube.com", "youtu.be");

    private final SourceProperties properties;

    SourceRules(SourceProperties properties) {
        this.properties = properties;
    }

    /**
     * The source that {@code text} names.
     *
     * @throws IllegalArgumentException with a sentence for the client
     */
    StreamSource parse(String text) {
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (text.startsWith("/") || "file".equals(scheme)) {
            return local(text);
        }
        if (LIVE_SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException("names a source of the kind " + scheme
                    + "://, which is not supported yet; give an http(s) URL of a file");
        }
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException("must be an http:// or https:// URL");
        }
        URI uri = SourceUrl.parse(text);
        return new StreamSource(uri.toString(), detect(uri));
    }

    private StreamSource local(String text) {
        if (!properties.localFiles()) {
            throw new IllegalArgumentException("must be an http:// or https:// URL; files of the server are not read");
        }
        if (text.length() > SourceUrl.LONGEST) {
            throw new IllegalArgumentException("must not be longer than " + SourceUrl.LONGEST + " characters");
        }
        try {
            Path path = text.startsWith("/") ? Path.of(text) : Path.of(URI.create(text));
            return new StreamSource(path.normalize().toUri().toString(), Platform.FILE);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be an absolute path or a URI such as file:///videos/match.mp4", e);
        }
    }

    private static Platform detect(URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath().toLowerCase(Locale.ROOT);
        if (isAt(uri, TWITCH)) {
            return Platform.TWITCH;
        }
        if (isAt(uri, YOUTUBE)) {
            return Platform.YOUTUBE;
        }
        if (path.endsWith(".m3u8")) {
            return Platform.HLS;
        }
        return path.endsWith(".mpd") ? Platform.DASH : Platform.FILE;
    }

    private static boolean isAt(URI uri, List<String> domains) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return domains.stream().anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
    }
}
