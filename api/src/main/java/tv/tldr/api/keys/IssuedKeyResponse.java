package tv.tldr.api.keys;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import tv.tldr.activities.store.IssuedKey;

/**
 * What is answered when a key is made?
 *
 * @param secret the key itself, this once
 */
record IssuedKeyResponse(@JsonUnwrapped ApiKeyResponse key, String secret) {
    static IssuedKeyResponse of(IssuedKey issued) {
        return new IssuedKeyResponse(ApiKeyResponse.of(issued.key()), issued.secret());
    }
}
