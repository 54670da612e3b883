package tv.tldr.api.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Where does the embedded default keep what it must not lose? One folder, {@code .tldr}, that only its owner may read. */
public record Home(Path folder) {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** Creates the folder and those inside that others write to. One that is there already is closed to others, too. */
    public void create() throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(logs());
            return;
        }
        if (Files.notExists(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNERS));
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        if (permissions.retainAll(OWNERS)) {
            close(permissions);
        }
        Files.createDirectories(logs());
    }

    private void close(Set<PosixFilePermission> permissions) throws IOException {
        try {
            Files.setPosixFilePermissions(folder, permissions);
        } catch (FileSystemException theirs) {
            // A mounted volume may be somebody else's to close; the secrets in it have permissions of their own.
            return;
        }
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /** What every part of this process logs. */
    public Path log() {
        return logs().resolve("tldr.log");
    }

    /** The first API key, written by the first start. */
    public Path apiKey() {
        return folder.resolve("api-key");
    }

    /** Settings for those who prefer a file to environment variables; beside the folder, where people edit it. */
    public Path dotEnv() {
        return folder.resolveSibling(".env");
    }

    /** What hashes and signatures depend on, when no SECRET_KEY is set. */
    Path secretKey() {
        return folder.resolve("secret-key");
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    Path temporalDatabase() {
        return folder.resolve("temporal.db");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    Path instance() {
        return folder.resolve("instance.properties");
    }
}
