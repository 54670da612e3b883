package tv.tldr.api.uploads;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tv.tldr.api.http.ProblemException;

/** What must the bytes of one request hash to? The {@code Upload-Checksum} of tus. */
record Checksum(MessageDigest digest, String expected) {
    static final String HEADER = "Upload-Checksum";
    /** As tus names them. */
    static final String ALGORITHMS = "sha1,sha256";

    private static final Map<String, String> NAMES = Map.of("sha1", "SHA-1", "sha256", "SHA-256");

    /** @throws ProblemException when it is none that can be checked */
    static @Nullable Checksum parse(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String[] words = header.strip().split(" +", -1);
        String name = NAMES.get(words[0]);
        if (name == null || words.length != 2) {
            throw ProblemException.invalid(HEADER, "must be one of " + ALGORITHMS + ", a space and the hash in Base64");
        }
        try {
            return new Checksum(MessageDigest.getInstance(name), words[1]);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    boolean holds() {
        return Base64.getEncoder().encodeToString(digest.digest()).equals(expected);
    }
}
