package tv.tldr.api.embedded;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tv.tldr.activities.egress.AddressRange;
import tv.tldr.activities.egress.EgressProperties;
import tv.tldr.activities.speech.VoskLibrary;

/** What makes a value wrong? Each answers with the fault in words, to be read after the setting's name. */
final class SettingCheck {
    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:]+]):[0-9]{1,5}");
    private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[a-z0-9.-]+(:[0-9]{1,5})?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern SHARE = Pattern.compile("0(\\.[0-9]{1,9})?|1(\\.0{1,9})?");
    private static final Pattern MONEY = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,6})?");
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[?[0-9A-Fa-f:]*:[0-9A-Fa-f:]*]?|localhost");
    private static final Pattern DURATION = Pattern.compile("[0-9]{1,9}(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,9}(B|KB|MB|GB|TB)");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PAYLOAD_KEY = Pattern.compile("[A-Za-z0-9._-]{1,64}:[A-Za-z0-9+/]{43}=");
    private static final Pattern COMMAND = Pattern.compile("(?:[^:]*:)?(?:\\$\\(.*\\)|`.*`)");
    private static final int LARGEST_PORT = 65535;

    private SettingCheck() {}

    static Optional<String> oneOf(String value, List<String> words) {
        return exactlyOneOf(value.toLowerCase(Locale.ROOT), words);
    }

    static Optional<String> exactlyOneOf(String value, List<String> words) {
        return unless(words.contains(value), "must be one of " + String.join(", ", words));
    }

    static Optional<String> between(String value, int low, int high) {
        boolean number = WHOLE_NUMBER.matcher(value).matches();
        boolean within = number && Integer.parseInt(value) >= low && Integer.parseInt(value) <= high;
        return unless(within, "must be a whole number from " + low + " to " + high);
    }

    static Optional<String> share(String value) {
        return unless(SHARE.matcher(value).matches(), "must be a number from 0 to 1");
    }

    static Optional<String> money(String value) {
        return unless(MONEY.matcher(value).matches(), "must be an amount of US dollars");
    }

    static Optional<String> httpUrl(String value) {
        try {
            URI url = new URI(value);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return unless(
                    http && url.getHost() != null && isPort(url.getPort()),
                    "must be an http:// or https:// URL, with a port from 1 to " + LARGEST_PORT + " where it has one");
        } catch (URISyntaxException e) {
            return Optional.of("is not a URL: " + e.getReason());
        }
    }

    static Optional<String> origins(String value) {
        boolean right = Stream.of(value.split(",", -1)).map(String::strip).allMatch(origin -> ORIGIN.matcher(origin)
                .matches());
        return unless(right, "must be origins, separated by commas: http(s)://host[:port] without a path, or *");
    }

    static Optional<String> ports(String value) {
        boolean right = Stream.of(value.split(",", -1))
                .map(String::strip)
                .allMatch(port -> between(port, 1, LARGEST_PORT).isEmpty());
        return unless(right, "must be ports, separated by commas");
    }

    static Optional<String> someOf(String value, List<String> words) {
        boolean right = Stream.of(value.split(",", -1)).map(String::strip).allMatch(words::contains);
        return unless(right, "must be some of " + String.join(", ", words) + ", separated by commas");
    }

    static Optional<String> payloadKeys(String value) {
        boolean right = Stream.of(value.split(",", -1))
                .map(String::strip)
                .allMatch(key -> PAYLOAD_KEY.matcher(key).matches());
        return unless(right, "must be id:key, separated by commas, each key 32 bytes in Base64");
    }

    static Optional<String> ipRanges(String value) {
        for (String range : value.split(",", -1)) {
            try {
                AddressRange.parse(range.strip());
            } catch (IllegalArgumentException e) {
                return Optional.ofNullable(e.getMessage());
            }
        }
        return Optional.empty();
    }

    static Optional<String> nameServers(String value) {
        try {
            new EgressProperties(
                    Stream.of(value.split(",", -1)).map(String::strip).toList(), List.of());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("must be addresses of name servers, separated by commas: " + e.getMessage());
        }
    }

    static Optional<String> duration(String value) {
        return unless(DURATION.matcher(value).matches(), "must be a number with a unit: ms, s, m, h or d");
    }

    static Optional<String> size(String value) {
        return unless(SIZE.matcher(value).matches(), "must be a number with a unit: B, KB, MB, GB or TB");
    }

    static Optional<String> bucket(String value) {
        return unless(
                BUCKET.matcher(value).matches(),
                "must be the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens");
    }

    static Optional<String> address(String value) {
        return unless(
                ADDRESS.matcher(value).matches(), "must be an address of this machine, or 0.0.0.0 for all of them");
    }

    /** The examples of secrets are commands for a shell; whoever copies one into a file would have what everybody can read. */
    static Optional<String> noCommand(String value) {
        return unless(
                !COMMAND.matcher(value).matches(),
                "is the command that makes one: a file runs nothing, so write there what the command prints");
    }

    static Optional<String> atLeast(String value, int characters) {
        return unless(
                value.length() >= characters,
                "is too short to be safe: it has " + value.length() + " characters and needs " + characters);
    }

    static Optional<String> hostAndPort(String value) {
        boolean right = HOST_AND_PORT.matcher(value).matches()
                && isPort(Integer.parseInt(value.substring(value.lastIndexOf(':') + 1)));
        return unless(right, "must be a host and a port from 1 to " + LARGEST_PORT);
    }

    static Optional<String> postgresUrl(String value) {
        try {
            URI url = new URI(value);
            boolean postgres = "postgresql".equals(url.getScheme()) || "postgres".equals(url.getScheme());
            boolean complete = url.getHost() != null
                    && url.getPath() != null
                    && url.getPath().length() > 1;
            return postgres && complete
                    ? unless(isPort(url.getPort()), "must have a port from 1 to " + LARGEST_PORT)
                    : Optional.of("must be a postgresql:// URL with user, host and database");
        } catch (URISyntaxException e) {
            return Optional.of("is not a URL: " + e.getReason());
        }
    }

    static Optional<String> programOrFolder(String value) {
        try {
            Path path = Path.of(value);
            Path program = Files.isDirectory(path) ? path.resolve("ffmpeg") : path;
            return unless(
                    Files.isExecutable(program) && Files.isRegularFile(program),
                    "is neither an ffmpeg program nor a folder with one");
        } catch (InvalidPathException e) {
            return Optional.of("is not a path: " + e.getReason());
        }
    }

    static Optional<String> speechModel(String value) {
        try {
            return unless(
                    VoskLibrary.isModel(Path.of(value)),
                    "is not a folder with a Vosk model: there is no am/final.mdl in it that can be read");
        } catch (InvalidPathException e) {
            return Optional.of("is not a path: " + e.getReason());
        }
    }

    /** As {@link URI#getPort} has it, which is negative where there is none. */
    private static boolean isPort(int port) {
        return port < 0 || (port > 0 && port <= LARGEST_PORT);
    }

    private static Optional<String> unless(boolean right, String fault) {
        return right ? Optional.empty() : Optional.of(fault);
    }
}
