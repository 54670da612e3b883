package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tv.tldr.api.GeneratedPage;
import tv.tldr.api.doctor.Finding;

/** Which faults were caused, found and mended? A page for people of the checks and commands, and one of this run with its evidence. */
final class FaultMatrix {
    private static final Path OF_THIS_RUN = Path.of("target", "fault-matrix.md");
    private static final String PAGE = "docs/fault-matrix.md";
    private static final double MILLIS = 1000;

    private final List<Row> rows = new ArrayList<>();

    private record Row(String fault, Finding finding, String mended, Duration found, Duration healthy) {}

    synchronized void add(String fault, Finding finding, String mended, Duration found, Duration healthy) {
        rows.add(new Row(fault, finding, mended, found, healthy));
    }

    /** @param whole whether every fault was caused: then the page names these and no others */
    synchronized void write(boolean whole) throws IOException {
        StringBuilder run = new StringBuilder("""
                | fault | found | evidence | printed command | done | found after | healthy after |
                | --- | --- | --- | --- | --- | --- | --- |
                """);
        StringBuilder page = new StringBuilder("""
                # Faults, caused and mended

                `FaultMatrixIT` causes each of these for real, expects that [the doctor](troubleshooting.md) finds it, does what is printed, and expects
                that the check finds nothing any more. This page is made by it; `api/target/fault-matrix.md` has the evidence of the last run.

                | fault | finding | what is printed | how it was mended there |
                | --- | --- | --- | --- |
                """);
        for (Row row : rows) {
            String check = row.finding().check().id();
            run.append(String.format(
                    Locale.ROOT,
                    "| %s | `%s` | %s | `%s` | %s | %.1f s | %.1f s |%n",
                    row.fault(),
                    check,
                    row.finding().evidence(),
                    cell(row.finding().fix()),
                    row.mended(),
                    row.found().toMillis() / MILLIS,
                    row.healthy().toMillis() / MILLIS));
            page.append(String.format(
                    "| %s | [%s](troubleshooting.md#%s) | `%s` | %s |%n",
                    row.fault(), check, check, cell(template(row.finding())), row.mended()));
        }
        Files.writeString(OF_THIS_RUN, run.toString());
        if (whole || Files.notExists(Path.of("..").resolve(PAGE))) {
            GeneratedPage.holds(PAGE, page.toString());
        } else {
            assertThat(Files.readString(Path.of("..").resolve(PAGE)).lines().toList())
                    .containsAll(page.toString()
                            .lines()
                            .filter(line -> line.contains("](trouble"))
                            .toList());
        }
    }

    private static String template(Finding finding) {
        return new Finding(finding.check(), "", Map.of()).fix();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
