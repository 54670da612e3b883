package tv.tldr.activities.media;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which FFmpeg is packed for which machine? The names are those of the Maven artifact's classifiers. */
enum FfmpegBuild {
    LINUX_X86_64("linux-x86_64-gpl"),
    LINUX_ARM64("linux-arm64-gpl"),
    MACOSX_X86_64("macosx-x86_64-gpl"),
    MACOSX_ARM64("macosx-arm64-gpl");

    private static final List<String> PROGRAMS = List.of("ffmpeg", "ffprobe");
    private static final List<String> ON_LINUX = List.of(
            "libavcodec.so.62",
            "libavdevice.so.62",
            "libavfilter.so.11",
            "libavformat.so.62",
            "libavutil.so.60",
            "libswresample.so.6",
            "libswscale.so.9");
    private static final List<String> ON_MACOS = List.of(
            "libatomic.1.dylib",
            "libavcodec.62.dylib",
            "libavdevice.62.dylib",
            "libavfilter.11.dylib",
            "libavformat.62.dylib",
            "libavutil.60.dylib",
            "libswresample.6.dylib",
            "libswscale.9.dylib");
    private static final List<String> ASKING_FOR_DEVICES =
            List.of("libavcodec.so.62", "libavdevice.so.62", "libavfilter.so.11", "libavutil.so.60");
    /** Sound cards, screens and their processors, which servers and containers have no libraries for and we never open. */
    private static final Set<String> DEVICE_LIBRARIES = Set.of(
            "libasound.so.2",
            "libdrm.so.2",
            "libpulse.so.0",
            "libudev.so.1",
            "libva-drm.so.2",
            "libva.so.2",
            "libxcb-shm.so.0",
            "libxcb.so.1");

    private final String classifier;

    FfmpegBuild(String classifier) {
        this.classifier = classifier;
    }

    /** The one for this machine; empty when there is none, or this program was packed on a machine of another kind. */
    static Optional<FfmpegBuild> ofThisMachine() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""))
                .filter(build -> FfmpegBuild.class.getResource(build.resources() + "ffmpeg") != null);
    }

    /**
     * @param system as Java writes it in {@code os.name}
     * @param processor as Java writes it in {@code os.arch}
     */
    static Optional<FfmpegBuild> of(String system, String processor) {
        String name = system.toLowerCase(Locale.ROOT);
        String os = name.startsWith("mac") ? "macosx" : name;
        String arch =
                switch (processor) {
                    case "amd64" -> "x86_64";
                    case "aarch64" -> "arm64";
                    default -> processor;
                };
        return Arrays.stream(values())
                .filter(build -> build.classifier.equals(os + "-" + arch + "-gpl"))
                .findFirst();
    }

    String classifier() {
        return classifier;
    }

    /** Where its files are on the class path. */
    String resources() {
        return "/org/bytedeco/ffmpeg/" + classifier + "/";
    }

    /** The programs and what they cannot do without. */
    List<String> files() {
        return Stream.concat(PROGRAMS.stream(), (isElf() ? ON_LINUX : ON_MACOS).stream())
                .toList();
    }

    /** Those of its files that ask the loader for libraries that are not there. */
    List<String> askingForDevices() {
        return isElf() ? ASKING_FOR_DEVICES : List.of();
    }

    Set<String> deviceLibraries() {
        return DEVICE_LIBRARIES;
    }

    private boolean isElf() {
        return switch (this) {
            case LINUX_X86_64, LINUX_ARM64 -> true;
            case MACOSX_X86_64, MACOSX_ARM64 -> false;
        };
    }
}
