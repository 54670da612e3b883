package tv.tldr.api.uploads;

import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;

/** What is the SHA-256 of bytes that come over hours and to several processes? One that can be written down unfinished. */
final class RunningHash {
    private final SHA256Digest digest;

    /** @param state what {@link #state} was after the bytes so far; empty before any */
    RunningHash(String state) {
        this.digest = state.isEmpty()
                ? new SHA256Digest()
                : new SHA256Digest(HexFormat.of().parseHex(state));
    }

    void update(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    String state() {
        return HexFormat.of().formatHex(digest.getEncodedState());
    }

    /** Of all bytes so far, lower-case hex. */
    String hex() {
        byte[] hash = new byte[digest.getDigestSize()];
        new SHA256Digest(digest).doFinal(hash, 0);
        return HexFormat.of().formatHex(hash);
    }
}
