package tv.tldr.api.uploads;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tv.tldr.api.http.ProblemException;

/** What does a client say about a file? The {@code Upload-Metadata} of tus: keys, each with a value in Base64. */
record UploadMetadata(Map<String, String> values) {
    static final String HEADER = "Upload-Metadata";
    private static final int LONGEST = 4096;

    /** @throws ProblemException when it is not of that form */
    static UploadMetadata parse(String header) {
        if (header.length() > LONGEST) {
            throw ProblemException.invalid(HEADER, "must not be longer than " + LONGEST + " characters");
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (header.isBlank()) {
            return new UploadMetadata(values);
        }
        for (String pair : header.split(",", -1)) {
            String[] words = pair.strip().split(" ", 2);
            try {
                String value = words.length == 1
                        ? ""
                        : new String(Base64.getDecoder().decode(words[1].strip()), StandardCharsets.UTF_8);
                if (words[0].isEmpty() || values.put(words[0], value) != null) {
                    throw new IllegalArgumentException("an empty or repeated key");
                }
            } catch (IllegalArgumentException e) {
                throw ProblemException.invalid(
                        HEADER,
                        "must be keys, each once and with its value in Base64 behind a space, divided by commas");
            }
        }
        return new UploadMetadata(values);
    }
}
