package tv.tldr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * May a process of the release before go on with the schema of this one? Only if migrations add: nothing that it reads or writes may be
 * gone, have another name, or have become narrower.
 */
class SchemaGrowsTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /** What takes away or narrows, and why no process of the release before is hurt by it. */
    private static final Map<String, String> EXCEPTIONS =
            Map.of("V34__recuts.sql: ADD CONSTRAINT highlights_recut", "of columns that the same migration makes");

    private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
    private static final Pattern TAKES_AWAY =
            Pattern.compile("\\bDROP (?:TABLE|COLUMN|VIEW|FUNCTION|TYPE|SCHEMA|SEQUENCE|MATERIALIZED VIEW)\\b[^;,]*"
                    + "|\\bRENAME\\b[^;,]*"
                    + "|\\bALTER COLUMN \\w+ (?:SET NOT NULL|(?:SET DATA )?TYPE\\b)[^;,]*"
                    + "|\\bTRUNCATE\\b[^;,]*");
    private static final Pattern COLUMN = Pattern.compile("\\bADD COLUMN (?:IF NOT EXISTS )?(\\w+)([^;,]*)");
    private static final Pattern CONSTRAINT = Pattern.compile("\\bADD CONSTRAINT (\\w+)");

    @Test
    void noMigrationTakesAwayOrNarrowsWhatARunningProcessUses() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            for (Path file : files.sorted().toList()) {
                hurts(Files.readString(file)).forEach(what -> found.add(file.getFileName() + ": " + what));
            }
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(new TreeSet<>(EXCEPTIONS.keySet()));
    }

    @Test
    void whatHurtsIsSeen() {
        assertThat(hurts("ALTER TABLE a DROP COLUMN b;")).containsExactly("DROP COLUMN b");
        assertThat(hurts("ALTER TABLE a RENAME TO b;")).containsExactly("RENAME TO b");
        assertThat(hurts("alter table a alter column b set not null;")).containsExactly("ALTER COLUMN b SET NOT NULL");
        assertThat(hurts("ALTER TABLE a ALTER COLUMN b TYPE integer;")).hasSize(1);
        assertThat(hurts("ALTER TABLE a ADD COLUMN b text NOT NULL;")).containsExactly("ADD COLUMN b NOT NULL");
        assertThat(hurts("ALTER TABLE a ADD CONSTRAINT few CHECK (b < 2);")).containsExactly("ADD CONSTRAINT few");
    }

    @Test
    void whatAddsIsNotTakenForIt() {
        assertThat(hurts("-- DROP TABLE a;\nALTER TABLE a ADD COLUMN b text, ADD COLUMN c text NOT NULL DEFAULT 'x';"))
                .isEmpty();
        assertThat(hurts("ALTER TABLE a DROP CONSTRAINT kinds, ADD CONSTRAINT kinds CHECK (b IN (1, 2, 3));"))
                .as("one that is replaced, to allow more")
                .isEmpty();
        assertThat(hurts("CREATE TABLE a (b text NOT NULL); DROP INDEX c;")).isEmpty();
    }

    private static List<String> hurts(String migration) {
        String text = COMMENT.matcher(migration)
                .replaceAll("")
                .replaceAll("\\s+", " ")
                .toUpperCase(Locale.ROOT);
        List<String> found = new ArrayList<>(TAKES_AWAY
                .matcher(text)
                .results()
                .map(match -> lower(match.group().strip()))
                .toList());
        COLUMN.matcher(text)
                .results()
                .filter(column ->
                        column.group(2).contains("NOT NULL") && !column.group(2).contains("DEFAULT"))
                .map(column -> "ADD COLUMN " + column.group(1).toLowerCase(Locale.ROOT) + " NOT NULL")
                .forEach(found::add);
        CONSTRAINT
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(name -> !text.contains("DROP CONSTRAINT " + name))
                .map(name -> "ADD CONSTRAINT " + name.toLowerCase(Locale.ROOT))
                .forEach(found::add);
        return found;
    }

    /** Names in lower case, words of SQL in upper. */
    private static String lower(String statement) {
        String keywords =
                "DROP|TABLE|COLUMN|RENAME|TO|ALTER|SET|NOT|NULL|TYPE|TRUNCATE|VIEW|FUNCTION|SCHEMA|SEQUENCE|DATA";
        return Pattern.compile("\\w+")
                .matcher(statement)
                .replaceAll(word -> word.group().matches(keywords)
                        ? word.group()
                        : word.group().toLowerCase(Locale.ROOT));
    }
}
