package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tv.tldr.api.GeneratedPage;
import tv.tldr.api.embedded.EmbeddedStack;
import tv.tldr.api.embedded.FileTree;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.Settings;
import tv.tldr.api.embedded.UnpackedServers;

/** A backup, the loss of everything, and a restore: what a person would do by hand, with a log of it in {@code target}. */
final class RestoreDrill {
    private static final Path LOG = Path.of("target", "restore-drill.log").toAbsolutePath();
    /** Good for hours, and signed anew with each answer. */
    private static final List<String> FLEETING = List.of("clip_url", "thumbnail_url");

    private static final List<String> UNTOLD = List.of("--json", "--at ", "--dry-run");

    private final Path folder;
    private final List<String> story = new ArrayList<>();
    private final Map<String, String> before;
    private Map<String, String> counted = Map.of();

    RestoreDrill(Path folder, ApiClient client) throws IOException {
        this.folder = folder;
        this.before = answers(client);
        assertThat(before.values()).anyMatch(answer -> answer.contains("hl_"));
    }

    void backUp() throws IOException, SQLException {
        counted = counts();
        Typed first = typed(0, "db", "backup", "--to", "backup");
        assertThat(first.out()).contains("Objects");
        // Objects of before are not copied again: what is asked of another minute takes the rows alone.
        assertThat(typed(0, "db", "backup", "--to", "backup", "--json").json().path("missing_objects"))
                .isEmpty();
        assertThat(counts()).as("nothing is written meanwhile").isEqualTo(counted);
    }

    void loseEverything() throws IOException {
        FileTree.delete(folder.resolve(".tldr"));
        story.add("$ rm -rf .tldr");
        UnpackedServers.lend(new Home(folder.resolve(".tldr")));
    }

    void restore() throws IOException, SQLException {
        assertThat(typed(1, "db", "restore", "--from", "backup", "--at", "2001").err())
                .contains("There is no backup 2001");
        typed(0, "db", "restore", "--from", "backup", "--dry-run");
        assertThat(typed(
                                Map.of("SECRET_KEY", "another-secret-key-that-is-long-enough"),
                                1,
                                "db",
                                "restore",
                                "--from",
                                "backup")
                        .err())
                .contains("SECRET_KEY is another one");
        assertThat(typed(0, "db", "restore", "--from", "backup").out()).contains("every hash fits");
        assertThat(typed(1, "db", "restore", "--from", "backup").err()).contains("The database is not empty");
        typed(0, "db", "restore", "--from", "backup", "--force", "--yes");
        try (EmbeddedStack database =
                EmbeddedStack.startDatabase(new Home(folder.resolve(".tldr")), new Settings(Map.of()))) {
            assertThat(database.settings()).isNotEmpty();
            assertThat(counts()).isEqualTo(counted);
        }
        story.add("# each table has as many rows as before, and the store as many objects");
    }

    /** The rows of each table, and the objects. */
    private Map<String, String> counts() throws IOException, SQLException {
        Map<String, String> counts = new TreeMap<>();
        for (List<String> table : Rows.of(folder, """
                SELECT relname, (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM ' || oid::regclass, true, true, '')))[1]
                FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace""")) {
            counts.put(table.getFirst(), table.getLast());
        }
        assertThat(counts).hasSizeGreaterThan(20);
        try (Stream<Path> objects = Files.walk(folder.resolve(".tldr/objects"))) {
            counts.put(
                    "objects",
                    String.valueOf(objects.filter(Files::isRegularFile)
                            .filter(file -> !file.getFileName().toString().startsWith("."))
                            .count()));
        }
        return counts;
    }

    void answersAreTheSame(ApiClient client) throws IOException {
        Map<String, String> after = answers(client);
        assertThat(after).containsAllEntriesOf(before);
        story.add("# " + before.size() + " answers of the API are the same as before, signed paths aside");
    }

    void log(Map<String, String> ends) throws IOException {
        ends.forEach((what, how) -> story.add("# " + what + ": " + how));
        Files.write(LOG, story);
        GeneratedPage.holdsBlock("docs/operations.md", page());
    }

    /** For people: without what is for programs or for the test alone, without what each run has anew, and a table's rows once. */
    private String page() {
        List<String> lines = new ArrayList<>();
        boolean told = false;
        for (String line : story) {
            told = line.startsWith("$ ") ? UNTOLD.stream().noneMatch(line::contains) : told || line.startsWith("# ");
            String words = line.replace(folder + "/", "")
                    .replaceAll("[0-9]{8}T[0-9]{6}Z", "…")
                    .replaceAll("[0-9.]+ s\\b", "… s")
                    .replaceAll("\\bV[0-9]+\\b", "V…")
                    .replaceFirst("^  [a-z_]+: [0-9]+ rows$", "  …");
            if (told && !(words.equals("  …") && lines.getLast().equals(words))) {
                lines.add(words);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** Of streams that have ended, their highlights and what was considered, by path. */
    private static Map<String, String> answers(ApiClient client) throws IOException {
        Map<String, String> answers = new TreeMap<>();
        for (JsonNode stream : client.list("/api/v1/streams?status=completed")) {
            String path = "/api/v1/streams/" + stream.path("id").asString();
            answers.put(path, stream.toString());
            answers.put(path + "/candidates", client.get(path + "/candidates").toString());
            answers.put(path + "/signals", client.get(path + "/signals").toString());
            for (JsonNode highlight : client.list(path + "/highlights")) {
                answers.put(
                        "/api/v1/highlights/" + highlight.path("id").asString(),
                        highlight.asObject().without(FLEETING).toString());
            }
        }
        return answers;
    }

    private Typed typed(int exit, String... arguments) {
        return typed(Map.of(), exit, arguments);
    }

    private Typed typed(Map<String, String> environment, int exit, String... arguments) {
        Typed typed = Typed.with(environment, folder, arguments);
        StringBuilder line = new StringBuilder("$ ");
        environment.forEach(
                (name, value) -> line.append(name).append('=').append(value).append(' '));
        story.add(line + "./tldr " + String.join(" ", arguments));
        (typed.err() + typed.out()).lines().forEach(story::add);
        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(exit);
        return typed;
    }
}
