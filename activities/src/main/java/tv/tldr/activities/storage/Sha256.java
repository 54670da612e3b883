package tv.tldr.activities.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** What is the SHA-256 of a content? */
public final class Sha256 {
    private static final int BLOCK = 1 << 20;

    private final MessageDigest digest;

    public Sha256() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds what the buffer has left; its position stays. */
    public void update(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
    }

    /** The hash of all that was given, lower-case hex; begins anew. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    /** The hash of all that was given; begins anew. */
    public byte[] bytes() {
        return digest.digest();
    }

    /** A hash that was given {@code text} in UTF-8. */
    public static Sha256 of(String text) {
        Sha256 hash = new Sha256();
        hash.update(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        return hash;
    }

    /** @param bytesRead told after each megabyte how many bytes were read in all */
    public static String of(Path file, LongConsumer bytesRead) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in, bytesRead);
        }
    }

    /** Reads to the end, and leaves it to the caller to close. */
    static String of(InputStream in, LongConsumer bytesRead) throws IOException {
        Sha256 hash = new Sha256();
        byte[] block = new byte[BLOCK];
        long total = 0;
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            hash.update(ByteBuffer.wrap(block, 0, read));
            total += read;
            bytesRead.accept(total);
        }
        return hash.hex();
    }
}
