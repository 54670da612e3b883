package tv.tldr.api.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * PostgreSQL and FFmpeg as the first home of a test process has unpacked them: each home after it gets links to the same
 * files, where the file system has any, instead of unpacking them again.
 */
public final class UnpackedServers {
    /** Each process of the tests its own: several may run at once, and each unpacks once. */
    private static final Path KEPT = emptied(Path.of("target", "servers-" + System.getProperty("test.process", "0")));

    private static final List<String> PLACES = List.of("postgres", "ffmpeg");

    private UnpackedServers() {}

    /** Keeps what a home has unpacked. Its servers may run. */
    public static synchronized void keep(Home home) {
        linkAll(home.folder(), KEPT);
    }

    /** Gives a home what is kept and it has not got. To be called before anything is started in it. */
    public static synchronized void lend(Home home) {
        linkAll(KEPT, home.folder());
    }

    private static void linkAll(Path from, Path to) {
        for (String place : PLACES) {
            try (Stream<Path> found =
                    Files.exists(from.resolve(place)) ? Files.list(from.resolve(place)) : Stream.empty()) {
                for (Path program : (Iterable<Path>) found.filter(UnpackedServers::isProgram)::iterator) {
                    link(program, to.resolve(place).resolve(program.getFileName()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The folder of a version, not the data beside it and nothing unfinished. */
    private static boolean isProgram(Path folder) {
        String name = folder.getFileName().toString();
        return Files.isDirectory(folder) && (name.startsWith("program-") || name.contains("-gpl"));
    }

    private static void link(Path from, Path to) throws IOException {
        if (Files.exists(to)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isSymbolicLink(file)) {
                    Files.createSymbolicLink(target, Files.readSymbolicLink(file));
                } else if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createLink(target, file);
                }
            }
        } catch (FileSystemException | UnsupportedOperationException anotherFileSystem) {
            FileTree.delete(to);
        }
    }

    private static Path emptied(Path folder) {
        try {
            FileTree.delete(folder);
            return folder.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
