package tv.tldr.api.temporal;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which keys are payloads encrypted with? The first for what is written, each for what was written with it: a new one is put before
 * the others, and an old one taken away when no workflow of its time is kept any more.
 */
record PayloadKeys(String current, Map<String, SecretKeySpec> keys) {
    private static final int BYTES = 32;

    /** @param given each {@code id:key}, the key as Base64 of 32 bytes; empty when there is none */
    static Optional<PayloadKeys> of(List<String> given) {
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        for (String one : given) {
            String[] parts = one.strip().split(":", 2);
            byte[] key = parts.length == 2 ? Base64.getDecoder().decode(parts[1]) : new byte[0];
            if (key.length != BYTES || keys.put(parts[0], new SecretKeySpec(key, "AES")) != null) {
                throw new IllegalArgumentException(
                        "TEMPORAL_PAYLOAD_KEYS must be id:key, each id once and each key 32 bytes in Base64");
            }
        }
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(new PayloadKeys(keys.keySet().iterator().next(), keys));
    }

    Optional<SecretKeySpec> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    @Override
    public String toString() {
        return "PayloadKeys" + keys.keySet();
    }
}
