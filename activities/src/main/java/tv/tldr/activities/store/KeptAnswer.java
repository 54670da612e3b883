package tv.tldr.activities.store;

import java.util.Map;

/**
 * What was answered to a request that may come again?
 *
 * @param headers those that belong to the answer, by name
 * @param body its bytes as text, one character a byte: a record of an array could not be compared
 */
public record KeptAnswer(int status, Map<String, String> headers, String body) {
    public KeptAnswer {
        headers = Map.copyOf(headers);
    }
}
