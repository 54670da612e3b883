package tv.tldr.api.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.api.embedded.Setting;
import tv.tldr.api.embedded.SettingCatalogue;
import tv.tldr.api.embedded.SettingProblem;
import tv.tldr.api.embedded.SettingSources;
import tv.tldr.api.embedded.Settings;

/** {@code tldr config}: which settings count, and where does each come from? No secret is shown. */
@Command(
        name = "config",
        description = "Shows every setting that counts and where it comes from, without secrets. Starts nothing.",
        footer = {
            "",
            "The first that has a value decides: the environment, .env.production (or that of another APP_ENVIRONMENT),"
                    + " .env, the default.",
            "Exit status: 0 done · 2 wrong usage, or a setting is missing or wrong"
        })
final class ConfigCommand implements Callable<Integer> {
    private static final String DEFAULT = "default";
    private static final String EMBEDDED = "default of ./tldr";
    private static final String NOTHING = "–";

    private final Surroundings surroundings;

    @Option(names = "--changed", description = "Only what is set.")
    private boolean changed;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Option(names = "--check", description = "Only whether the program would start, with a line for each fault.")
    private boolean check;

    ConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @param shown what may be seen of the value; empty when there is none */
    private record Row(Setting setting, String shown, String source) {}

    @Override
    public Integer call() throws IOException {
        SettingSources sources = surroundings.sources();
        Settings settings = sources.settings();
        List<SettingProblem> problems = settings.problems();
        List<Row> rows = rows(sources, settings);
        if (json) {
            surroundings.print(List.of(asJson(rows, problems, sources.warnings())), "");
        } else if (check) {
            surroundings.print(problems.isEmpty() ? List.of(rows.size() + " settings, none is wrong.") : List.of(), "");
        } else {
            surroundings.print(table(rows), "");
        }
        if (!json) {
            Messages messages = new Messages(surroundings.err(), false);
            sources.warnings().forEach(messages::warn);
            problems.forEach(problem -> messages.say(problem.toString()));
        }
        return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }

    private List<Row> rows(SettingSources sources, Settings settings) {
        List<Row> rows = new ArrayList<>();
        for (Setting setting : SettingCatalogue.all()) {
            Optional<String> source = sources.of(setting.name());
            if (changed && source.isEmpty()) {
                continue;
            }
            String otherwise = settings.embedded().containsKey(setting.name()) ? EMBEDDED : DEFAULT;
            rows.add(new Row(setting, setting.shown(settings.effective(setting.name())), source.orElse(otherwise)));
        }
        return rows;
    }

    private static List<String> table(List<Row> rows) {
        List<String> lines = new ArrayList<>();
        rows.stream().map(row -> row.setting().group()).distinct().forEach(group -> {
            List<List<String>> cells = new ArrayList<>();
            rows.stream()
                    .filter(row -> row.setting().group().equals(group))
                    .forEach(row -> cells.add(List.of(
                            "  " + row.setting().name(),
                            row.shown().isEmpty() ? NOTHING : row.shown(),
                            row.source().equals(DEFAULT) ? "" : row.source())));
            lines.add(group);
            lines.addAll(Columns.aligned(cells));
        });
        return lines.isEmpty() ? List.of("Nothing is set: every setting has its default.") : lines;
    }

    private static String asJson(List<Row> rows, List<SettingProblem> problems, List<String> warnings) {
        ObjectNode page = JsonMapper.shared().createObjectNode();
        ArrayNode settings = page.putArray("settings");
        rows.forEach(row -> settings.addObject()
                .put("name", row.setting().name())
                .put("group", row.setting().group())
                .put("value", row.shown().isEmpty() ? null : row.shown())
                .put("source", row.source())
                .put("default", row.setting().defaultValue())
                .put("secret", row.setting().isSecret()));
        ArrayNode wrong = page.putArray("problems");
        problems.forEach(problem -> wrong.addObject()
                .put("name", problem.name())
                .put("fault", problem.fault())
                .put("example", problem.example()));
        ArrayNode odd = page.putArray("warnings");
        warnings.forEach(odd::add);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(page);
    }
}
