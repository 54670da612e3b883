package tv.tldr.api.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tv.tldr.api.embedded.FileTree;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.UnpackedServers;

/**
 * The packaged program as the launcher has it: its libraries beside it, and what its start loads and links written down
 * once, which halves every later start. Whichever process of the tests comes first prepares it for all of them.
 */
final class PackagedProgram {
    private static final List<String> FLAGS = List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xlog:disable",
            "-Dreactor.netty.ioShutdownQuietPeriod=0",
            "--enable-native-access=ALL-UNNAMED");
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path PLACE = TARGET.resolve("program");
    private static final Path WARM_UP = PLACE.resolve("warm-up");
    private static final Path HOME = WARM_UP.resolve(".tldr");
    private static final Path JAR = prepared();

    private PackagedProgram() {}

    /** What starts it, up to its arguments. */
    static List<String> command() {
        return java("-XX:AOTCache=" + PLACE.resolve("start.aot"), "-jar", JAR.toString());
    }

    /** What starts another build, of which nothing is prepared. */
    static List<String> command(Path jar) {
        return java("-jar", jar.toString());
    }

    private static Path prepared() {
        try {
            Path packed = packed();
            // A build of its own time: what an earlier one left is not this one's.
            Path done = PLACE.resolve(
                    "prepared-" + Files.getLastModifiedTime(packed).toMillis());
            // Locked until the channel is closed.
            try (FileChannel channel = FileChannel.open(
                    TARGET.resolve("program.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                if (Files.notExists(done)) {
                    FileTree.delete(PLACE);
                    prepare(packed);
                    Files.createFile(done);
                }
            }
            UnpackedServers.keep(new Home(HOME));
            return PLACE.resolve(packed.getFileName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path packed() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches("tldr-api-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the program is not packaged"));
        }
    }

    private static void prepare(Path packed) throws IOException {
        run(TARGET, java("-Djarmode=tools", "-jar", packed.toString(), "extract", "--destination", PLACE.toString()));
        Files.createDirectories(WARM_UP);
        run(
                WARM_UP,
                java(
                        "-XX:AOTCacheOutput=" + PLACE.resolve("start.aot"),
                        "-jar",
                        PLACE.resolve(packed.getFileName()).toString(),
                        "warm-up"));
    }

    private static void run(Path folder, List<String> command) throws IOException {
        Path log = TARGET.resolve("program.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeAll(Program.SETTINGS);
        builder.environment().put("TLDR_HOME", HOME.toString());
        if (builder.start().onExit().join().exitValue() != 0) {
            throw new AssertionError("the program cannot be prepared: " + Files.readString(log));
        }
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of(arguments));
        return command;
    }
}
