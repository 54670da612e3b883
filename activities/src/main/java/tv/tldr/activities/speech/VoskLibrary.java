package tv.tldr.activities.speech;

import com.sun.jna.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Can Vosk run here, and is that a model of it? Answers without loading either. */
public final class VoskLibrary {
    private VoskLibrary() {}

    /** Whether this program brings along a Vosk for this machine. */
    public static boolean isPacked() {
        String file = System.mapLibraryName("vosk");
        return Stream.of(Platform.RESOURCE_PREFIX, Platform.isMac() ? "darwin" : Platform.RESOURCE_PREFIX)
                .anyMatch(folder -> VoskLibrary.class.getResource("/" + folder + "/" + file) != null);
    }

    /** Whether {@code folder} holds a model: an acoustic one, where today's models have it or where old ones did. */
    public static boolean isModel(Path folder) {
        return Stream.of("am/final.mdl", "final.mdl").map(folder::resolve).anyMatch(Files::isReadable);
    }
}
