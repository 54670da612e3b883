package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Is a page that is made by the program the one that lies in the repository? With {@code -Dpages=write} it is written there. */
public final class GeneratedPage {
    private GeneratedPage() {}

    /** @param page from the top of the repository */
    public static void holds(String page, String text) throws IOException {
        Path file = Path.of("..").resolve(page);
        if ("write".equals(System.getProperty("pages"))) {
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s is generated: ./tldr test -Dpages=write writes it", page)
                .isEqualTo(text);
    }
}
