package tv.tldr.api.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret that only this machine needs to know: made once, kept in a file that only its owner may read. */
final class SecretFile {
    private static final int BYTES = 32;

    private SecretFile() {}

    /** 64 hexadecimal characters, the same every time. */
    static String readOrMake(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, HexFormat.of().formatHex(random));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }
}
