package tv.tldr.api.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.media.TestMedia;

/** A server that speaks Gemini's protocol, beside the program that a test starts in a folder. */
final class StandIn {
    private StandIn() {}

    static GeminiStandIn start(Path folder, Settings settings, Clock clock) throws IOException {
        return new GeminiStandIn(
                settings, 0, Files.createDirectories(folder.resolve("stand-in")), TestMedia.FFMPEG, clock);
    }

    /**
     * Writes the settings that lead the program to it.
     *
     * @param more settings, {@code NAME=value} each
     */
    static void lead(Path folder, GeminiStandIn model, Settings settings, String... more) throws IOException {
        String led = "GEMINI_API_KEY=" + settings.key() + "\nGEMINI_BASE_URL=" + model.url() + "\nGEMINI_MODEL="
                + settings.models().getFirst() + "\n";
        Files.writeString(folder.resolve(".env"), led + String.join("\n", List.of(more)) + "\n");
    }
}
