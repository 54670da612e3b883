package tv.tldr.api.doctor;

import java.util.Locale;
import java.util.Map;

/** How do the checks read, as {@code docs/troubleshooting.md}? */
public final class DoctorPages {
    private static final Map<String, String> AREAS = Map.of(
            "settings", "Settings",
            "process", "The API",
            "database", "PostgreSQL",
            "temporal", "Temporal",
            "gemini", "Gemini",
            "results", "Results",
            "storage", "Objects",
            "media", "FFmpeg",
            "machine", "The machine",
            "webhooks", "Webhooks");

    private static final String HEAD = """
            # Troubleshooting

            ```sh
            ./tldr doctor
            ```

            looks at everything that is known to go wrong, all at the same time and for five seconds at most, whether anything runs or not, and
            tells what is wrong, how it is known, what it means and the command that mends it. It changes nothing.

            - `./tldr doctor --fix` mends what only lacks something: what says *safe* below.
            - `./tldr doctor --only database-behind,disk-low` makes these checks alone; `--only database,temporal` all of two areas: `settings`, `process`, `database`, `temporal`, `gemini`, `results`, `storage`, `media`, `machine`, `webhooks`.
            - `./tldr doctor --json` is for programs; `--verbose` names the checks that found nothing, too.
            - It exits with 0 when nothing was found, 3 when the worst is a warning, something took too long to be looked at, or what `--only` names could not be, 4 when it is an
              error; 1 and 2 are failures of the command itself.

            A running instance makes the same checks of itself now and then: `GET /health/detailed` has what they found under `findings`. Anybody
            sees which; an administrator's key also sees what they mean, and the key of who runs the installation the evidence and the command.
            In commands, {words} are filled in. [fault-matrix.md](fault-matrix.md) shows faults caused and mended by a test.
            """;

    private DoctorPages() {}

    public static String page() {
        StringBuilder text = new StringBuilder(HEAD);
        String area = "";
        for (Check check : CheckCatalogue.all()) {
            if (!check.area().equals(area)) {
                area = check.area();
                text.append("\n## ").append(AREAS.getOrDefault(area, area)).append('\n');
            }
            text.append("\n### ")
                    .append(check.id())
                    .append("\n\n**")
                    .append(check.title())
                    .append("** (")
                    .append(check.severity().name().toLowerCase(Locale.ROOT))
                    .append(check.safe() ? ", safe" : "")
                    .append("). ")
                    .append(check.why())
                    .append("\n\nLooks at ")
                    .append(check.looks())
                    .append(".\n\n```sh\n")
                    .append(check.command(Map.of()))
                    .append("\n```\n");
            if (!check.remark(Map.of()).isEmpty()) {
                text.append('\n').append("… ").append(check.remark(Map.of())).append('\n');
            }
        }
        return text.toString();
    }
}
