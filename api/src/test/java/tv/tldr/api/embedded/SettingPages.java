package tv.tldr.api.embedded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.WordUtils;

/** How do the settings read, as {@code .env.example} and as {@code docs/configuration.md}? */
public final class SettingPages {
    private static final int WIDTH = 120;

    private static final String EXAMPLE_HEAD = """
            # All settings, with their defaults. Copy this file to .env (beside the folder .tldr) and take the "#" off what you change;
            # .env.production, or that of another APP_ENVIRONMENT, goes before it, and variables of the environment before both. Nothing
            # has to be set: then everything runs on this machine. "./tldr config" shows what counts, and where it comes from.
            """;

    private static final String PAGE_HEAD = """
            # Configuration

            Nothing has to be set: then everything runs on this machine, in the folder `.tldr`. What is set comes from four places; the first
            that has a value decides, and an empty value is one that was not set:

            1. an option of the command line, such as `--port`,
            2. the environment,
            3. `.env.production`, or that of another `APP_ENVIRONMENT`, beside the folder `.tldr`,
            4. `.env` there.

            Both files are lines of `NAME=value`, as Docker Compose and the shell read them: in quotes or without, and what follows after a
            space and a `#` is a remark. But nothing is run: of a `$(…)` among the examples, what it prints is written there.
            [.env.example](../.env.example) has all of them to copy.

            `./tldr config` shows what counts and where it comes from, without secrets; `--changed` only what is set, `--json` for programs, and
            `--check` tells whether the program would start, with one line for each fault:

            ```
            PORT must be a whole number from 1 to 65535 — for example: PORT=8000
            SECRET_KEY is missing: it is required with a DATABASE_URL of your own — for example: SECRET_KEY=$(openssl rand -hex 32)
            ```

            The program starts only without faults, and tells all of them at once. `./tldr doctor` looks whether what the settings lead to
            is well ([troubleshooting](troubleshooting.md)).
            """;

    private SettingPages() {}

    public static String example() {
        StringBuilder text = new StringBuilder(EXAMPLE_HEAD);
        groups().forEach((group, settings) -> {
            String heading = "# --- " + group + " ";
            text.append('\n')
                    .append(heading)
                    .repeat("-", WIDTH - 1 - heading.length())
                    .append('\n');
            for (Setting setting : settings) {
                text.append("# ")
                        .append(WordUtils.wrap(setting.about(), WIDTH - 2, "\n# ", false))
                        .append("\n#")
                        .append(setting.name())
                        .append('=')
                        .append(setting.defaultValue())
                        .append('\n');
            }
        });
        return text.toString();
    }

    public static String page() {
        StringBuilder text = new StringBuilder(PAGE_HEAD);
        groups().forEach((group, settings) -> {
            text.append("\n## ")
                    .append(group)
                    .append("\n\n| name | values | default | what |\n| --- | --- | --- | --- |\n");
            for (Setting setting : settings) {
                text.append("| `")
                        .append(setting.name())
                        .append("` | ")
                        .append(setting.words())
                        .append(exampleOf(setting))
                        .append(" | ")
                        .append(setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`")
                        .append(" | ")
                        .append(setting.about().replace("<", "&lt;"))
                        .append(" |\n");
            }
        });
        return text.toString();
    }

    private static String exampleOf(Setting setting) {
        boolean tells = !setting.example().equals(setting.defaultValue())
                && !setting.words().contains("`");
        return tells ? ", such as `" + setting.example().replace("|", "\\|") + "`" : "";
    }

    private static Map<String, List<Setting>> groups() {
        Map<String, List<Setting>> groups = new LinkedHashMap<>();
        SettingCatalogue.all().forEach(setting -> groups.computeIfAbsent(setting.group(), name -> new ArrayList<>())
                .add(setting));
        return groups;
    }
}
