package tv.tldr.api.streams;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tv.tldr.activities.egress.ForbiddenAddressException;
import tv.tldr.activities.egress.Opened;
import tv.tldr.activities.egress.PublicUrl;
import tv.tldr.activities.egress.Refusals;
import tv.tldr.activities.recording.SourceProperties;
import tv.tldr.activities.storage.ObjectKeys;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.workflows.account.OrganizationId;
import tv.tldr.workflows.stream.Platform;
import tv.tldr.workflows.stream.StreamSource;
import tv.tldr.workflows.stream.UploadId;

/**
 * Which sources does this installation take, and what kind of source is a text? What can be seen from the text alone is
 * refused here at once; where a name really leads is judged when it is dialled.
 */
@Component
final class SourceRules {
    static final int LONGEST = 2048;
    private static final int HIGHEST_PORT = 65535;
    private static final Pattern PRINTABLE_ASCII = Pattern.compile("[!-~&&[^\\\\]]+");
    private static final Set<String> OTHER_KINDS = Set.of("rtmp", "rtmps", "rtsp", "srt");
    private static final List<String> TWITCH = List.of("twitch.tv");
    private static final List<String> YOUTUBE = List.of("youtube.com", "youtu.be");

    private final SourceProperties properties;
    private final ObjectStore objects;

    SourceRules(SourceProperties properties, ObjectStore objects) {
        this.properties = properties;
        this.objects = objects;
    }

    /**
     * The source that {@code text} names.
     *
     * @param who submits it
     * @throws IllegalArgumentException with a sentence for the client
     */
    StreamSource parse(String text, Submitter who) {
        require(text.length() <= LONGEST, "must not be longer than " + LONGEST + " characters");
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if ("upload".equals(scheme)) {
            return uploaded(text);
        }
        if (text.startsWith("/") || "file".equals(scheme)) {
            return local(text, who);
        }
        if ("s3".equals(scheme)) {
            return inBucket(text, who.organization());
        }
        require(
                !OTHER_KINDS.contains(scheme),
                "names a source of the kind " + scheme
                        + "://, which is not supported yet; give an http(s) URL of a file");
        require("http".equals(scheme) || "https".equals(scheme), "must be an http:// or https:// URL");
        URI uri = remote(text);
        return new StreamSource(uri.toString(), detect(uri));
    }

    private static StreamSource uploaded(String text) {
        try {
            return UploadId.parse(text.substring(UploadId.SCHEME.length())).source();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be upload: and the id of an upload, such as upload:upl_…", e);
        }
    }

    private StreamSource inBucket(String text, OrganizationId organization) {
        require(
                objects.submitted(organization, text).isPresent(),
                "must be an object in the bucket of this installation, below " + ObjectKeys.inbox(organization)
                        + "/, with a key of letters, digits, dots, hyphens and underscores");
        return new StreamSource(text, Platform.FILE);
    }

    private URI remote(String text) {
        require(
                PRINTABLE_ASCII.matcher(text).matches(),
                "must be printable ASCII without spaces or backslashes; percent-encode the path, punycode the host");
        try {
            PublicUrl url = PublicUrl.parse(text);
            require(mayUse(url), "must use one of the ports " + new TreeSet<>(properties.ports()) + " (SOURCES_PORTS)");
            properties.addresses().judge(url);
            return url.uri();
        } catch (ForbiddenAddressException e) {
            Refusals.count(Opened.REQUEST);
            throw new IllegalArgumentException("is refused: " + e.getMessage(), e);
        }
    }

    private boolean mayUse(PublicUrl url) {
        return properties.allowPrivateAddresses()
                ? url.port() >= 1 && url.port() <= HIGHEST_PORT
                : properties.ports().contains(url.port());
    }

    private StreamSource local(String text, Submitter who) {
        require(
                properties.localFiles(),
                "must be an http:// or https:// URL, or an upload: files of the server are read only in the embedded"
                        + " default, or with SOURCES_LOCAL_FILES=true");
        require(
                who.runsTheInstallation(),
                "must be an http:// or https:// URL, or an upload: files of this machine are read only for whoever runs"
                        + " the service, with a key that ./tldr serve printed");
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

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
