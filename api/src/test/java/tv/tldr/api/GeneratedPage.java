package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Is a page that is made by the program the one that lies in the repository? With {@code -Dpages=write} it is written there. */
public final class GeneratedPage {
    private GeneratedPage() {}

    /**
     * The same of one block of code in a page, but for its numbers, which are other ones each time.
     *
     * @param page from the top of the repository
     * @param text the block; its first line tells which
     */
    public static void holdsBlock(String page, String text) throws IOException {
        Path file = Path.of("..").resolve(page);
        String before = Files.readString(file);
        String first = text.lines().findFirst().orElseThrow();
        int begin = before.indexOf("```\n" + first + "\n") + "```\n".length();
        int end = before.indexOf("```\n", begin);
        assertThat(begin).as("%s has a block that begins with %s", page, first).isGreaterThan("```\n".length());
        if ("write".equals(System.getProperty("pages"))) {
            Files.writeString(file, before.substring(0, begin) + text + before.substring(end));
            return;
        }
        assertThat(withoutNumbers(before.substring(begin, end)))
                .as("this block of %s is generated: ./tldr test -Dpages=write writes it", page)
                .isEqualTo(withoutNumbers(text));
    }

    private static String withoutNumbers(String text) {
        return text.replaceAll("[0-9]+(\\.[0-9]+)?", "#");
    }

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
