package tv.tldr.activities.media;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What does a child see of the machine? With bubblewrap: the system's libraries, the files that its arguments name, and the
 * folder of its job, which alone it may write to; no other process, and no network unless its arguments name a URL. So a
 * fault in a decoder reads nobody else's recording and tells nobody.
 */
record Sandbox(String program, FfmpegPrograms programs) {
    private static final List<String> SYSTEM = List.of(
            "/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives", "/etc/ssl", "/etc/fonts");

    /** What stands before the command. */
    List<String> prefix(List<String> arguments, Path folder, boolean dials) {
        List<String> line = new ArrayList<>(List.of(program, "--unshare-all", "--die-with-parent", "--new-session"));
        line.addAll(List.of("--cap-drop", "ALL", "--dev", "/dev", "--tmpfs", "/tmp"));
        if (dials || arguments.stream().anyMatch(Sandbox::isUrl)) {
            line.add("--share-net");
        }
        SYSTEM.forEach(place -> line.addAll(List.of("--ro-bind-try", place, place)));
        programs().folders().forEach(place -> bind(line, "--ro-bind", place));
        Set<Path> outputs = new LinkedHashSet<>();
        for (Path named : named(arguments, folder)) {
            if (Files.exists(named)) {
                bind(line, "--ro-bind", named);
            } else if (named.getParent() != null && Files.isDirectory(named.getParent())) {
                outputs.add(named.getParent());
            }
        }
        outputs.forEach(place -> bind(line, "--bind", place));
        bind(line, "--bind", folder.toAbsolutePath());
        line.addAll(List.of("--chdir", folder.toAbsolutePath().toString(), "--"));
        return line;
    }

    /** Places outside of its folder that are arguments as they stand. */
    private static List<Path> named(List<String> arguments, Path folder) {
        return arguments.stream()
                .map(argument -> argument.startsWith("file:") ? argument.substring("file:".length()) : argument)
                .filter(argument -> argument.startsWith("/"))
                .map(Path::of)
                .filter(path -> !path.startsWith(folder.toAbsolutePath()) && !path.startsWith("/dev"))
                .toList();
    }

    private static boolean isUrl(String argument) {
        return Stream.of("http://", "https://").anyMatch(argument::startsWith);
    }

    private static void bind(List<String> line, String how, Path place) {
        line.addAll(List.of(how, place.toString(), place.toString()));
    }
}
