package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A disk of a few megabytes, in memory, which may grow. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** One on an empty folder; empty where this process may mount none. */
    static Optional<SmallDisk> mount(Path folder, int megabytes) throws IOException {
        boolean mounted = run("mount", "-t", "tmpfs", "-o", size(megabytes), "tmpfs", folder.toString());
        return mounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
    }

    void grow(int megabytes) throws IOException {
        if (!run("mount", "-o", "remount," + size(megabytes), folder.toString())) {
            throw new AssertionError(folder + " does not grow");
        }
    }

    @Override
    public void close() throws IOException {
        if (!run("umount", folder.toString())) {
            throw new AssertionError(folder + " is still in use");
        }
    }

    private static String size(int megabytes) {
        return "size=" + megabytes + "m";
    }

    private static boolean run(String... command) throws IOException {
        return new ProcessBuilder(List.of(command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .onExit()
                        .join()
                        .exitValue()
                == 0;
    }
}
