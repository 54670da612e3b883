package tv.tldr.api.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Where are PostgreSQL's programs? Unpacked once from this program's own jar. */
final class PostgresProgram {
    private PostgresProgram() {}

    /** The folder with {@code bin}, {@code lib} and {@code share}; unpacked now if it is not there yet. */
    static Path unpack(Path into) throws IOException {
        String name = archive(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        URL archive = PostgresProgram.class.getResource("/" + name);
        if (archive == null) {
            throw new StartFailure(
                    "This build carries no PostgreSQL for this machine (" + name + "): set DATABASE_URL to one.");
        }
        URLConnection connection = archive.openConnection();
        // Two versions never have the same length, and reading the length costs nothing.
        Path folder = into.resolve("program-" + connection.getContentLengthLong());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(into);
            Path draft = Files.createTempDirectory(into, "unpacking-");
            try (InputStream packed = connection.getInputStream()) {
                unpack(packed, draft);
            }
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return folder;
    }

    /** The archive's name, as the makers of the binaries write systems and processors. */
    static String archive(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        return "postgres-" + os + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }

    private static void unpack(InputStream packed, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException(entry.getName() + " leads out of the archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(target.resolveSibling(""));
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(target.resolveSibling(""));
                    Files.copy(tar, target);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
