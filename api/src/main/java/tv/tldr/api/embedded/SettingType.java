package tv.tldr.api.embedded;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What are the values of a setting? In the catalogue a word, with its limits behind it: {@code number 1 65535}.
 *
 * @param limits of numbers the least and the greatest, of words all of them, of a secret the least length
 */
record SettingType(Kind kind, List<String> limits) {
    private static final String SCHEME = "(?:jdbc:)?[a-z][a-z0-9+.-]*://";
    private static final Pattern PASSWORD = Pattern.compile("(?i)password=([^&]*)");

    SettingType {
        limits = List.copyOf(limits);
    }

    enum Kind {
        TEXT,
        SECRET,
        PAYLOAD_KEYS,
        NUMBER,
        SHARE,
        MONEY,
        BOOLEAN,
        DURATION,
        SIZE,
        ONE_OF,
        EXACTLY,
        SOME_OF,
        URL,
        DATABASE,
        HOST_AND_PORT,
        ADDRESS,
        RANGES,
        NAME_SERVERS,
        PORTS,
        ORIGINS,
        BUCKET,
        FFMPEG,
        SPEECH_MODEL
    }

    static SettingType parse(String text) {
        List<String> words = List.of(text.split(" "));
        Kind kind = Kind.valueOf(words.getFirst().toUpperCase(Locale.ROOT).replace('-', '_'));
        return new SettingType(kind, words.subList(1, words.size()));
    }

    /** What is wrong, to be read after the setting's name; never the value. */
    Optional<String> fault(String value) {
        return switch (kind) {
            case TEXT -> Optional.empty();
            case SECRET ->
                SettingCheck.noCommand(value)
                        .or(() -> limits.isEmpty() ? Optional.empty() : SettingCheck.atLeast(value, limit(0)));
            case NUMBER -> SettingCheck.between(value, limit(0), limit(1));
            case SHARE -> SettingCheck.share(value);
            case MONEY -> SettingCheck.money(value);
            case BOOLEAN -> SettingCheck.oneOf(value, List.of("true", "false"));
            case DURATION -> SettingCheck.duration(value);
            case SIZE -> SettingCheck.size(value);
            case ONE_OF -> SettingCheck.oneOf(value, limits);
            case EXACTLY -> SettingCheck.exactlyOneOf(value, limits);
            case SOME_OF -> SettingCheck.someOf(value, limits);
            case PAYLOAD_KEYS -> SettingCheck.noCommand(value).or(() -> SettingCheck.payloadKeys(value));
            case URL -> SettingCheck.httpUrl(value);
            case DATABASE -> SettingCheck.postgresUrl(value);
            case HOST_AND_PORT -> SettingCheck.hostAndPort(value);
            case ADDRESS -> SettingCheck.address(value);
            case RANGES -> SettingCheck.ipRanges(value);
            case NAME_SERVERS -> SettingCheck.nameServers(value);
            case PORTS -> SettingCheck.ports(value);
            case ORIGINS -> SettingCheck.origins(value);
            case BUCKET -> SettingCheck.bucket(value);
            case FFMPEG -> SettingCheck.programOrFolder(value);
            case SPEECH_MODEL -> SettingCheck.speechModel(value);
        };
    }

    /** For people who look for what they may write. */
    String words() {
        return switch (kind) {
            case TEXT -> "text";
            case SECRET -> limits.isEmpty() ? "secret" : "secret of " + limits.getFirst() + " characters or more";
            case NUMBER -> "whole number, " + limits.getFirst() + " to " + limits.getLast();
            case SHARE -> "number from 0 to 1";
            case MONEY -> "US dollars";
            case BOOLEAN -> "`true` or `false`";
            case DURATION -> "time: a number with ms, s, m, h or d";
            case SIZE -> "size: a number with B, KB, MB, GB or TB";
            case ONE_OF, EXACTLY -> "`" + String.join("`, `", limits) + "`";
            case SOME_OF -> "some of `" + String.join("`, `", limits) + "`, with commas";
            case PAYLOAD_KEYS -> "secret: `id:key`, with commas, each key 32 bytes in Base64";
            case URL -> "http(s) URL";
            case DATABASE -> "postgresql:// URL";
            case HOST_AND_PORT -> "host:port";
            case ADDRESS -> "address of this machine";
            case RANGES -> "IP addresses or blocks, with commas";
            case NAME_SERVERS -> "IP addresses with or without a port, with commas";
            case PORTS -> "ports, with commas";
            case ORIGINS -> "origins, with commas, or `*`";
            case BUCKET -> "name of a bucket";
            case FFMPEG -> "program, or the folder with it";
            case SPEECH_MODEL -> "folder";
        };
    }

    boolean isSecret() {
        return kind == Kind.SECRET || kind == Kind.PAYLOAD_KEYS;
    }

    String shown(String value) {
        return switch (kind) {
            case SECRET, PAYLOAD_KEYS -> "(set, " + value.length() + " characters)";
            // Not parsed: what is no URL may hold a password, too.
            case URL, DATABASE ->
                value.replaceAll("(?i)(password=)[^&]*", "$1***").replaceFirst("(?is)^(" + SCHEME + ")?.*@", "$1***@");
            default -> value;
        };
    }

    /** What of {@code value} nobody may read, wherever it is told again: of an address its passwords, as written and decoded. */
    List<String> secrets(String value) {
        return switch (kind) {
            case SECRET -> List.of(value);
            case PAYLOAD_KEYS ->
                Stream.concat(Stream.of(value), Stream.of(value.split(",")).map(key -> key.replaceFirst("^[^:]*:", "")))
                        .toList();
            case URL, DATABASE -> passwords(value);
            default -> List.of();
        };
    }

    /** One that holds an @ itself ends at the last of them, or at the one before the host: each is told. */
    private static List<String> passwords(String value) {
        List<String> passwords = new ArrayList<>();
        Matcher named = PASSWORD.matcher(value);
        while (named.find()) {
            passwords.add(named.group(1));
        }
        String rest = value.replaceFirst("(?i)^" + SCHEME, "");
        int begin = rest.indexOf(':') + 1;
        for (int end = rest.indexOf('@', begin); begin > 0 && end >= 0; end = rest.indexOf('@', end + 1)) {
            passwords.add(rest.substring(begin, end));
        }
        return passwords.stream()
                .flatMap(password -> Stream.of(password, decoded(password)))
                .distinct()
                .toList();
    }

    private static String decoded(String password) {
        try {
            return URLDecoder.decode(password.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return password;
        }
    }

    private int limit(int which) {
        return Integer.parseInt(limits.get(which));
    }
}
