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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tv.tldr.api.GeneratedPage;
import tv.tldr.api.doctor.Check;
import tv.tldr.api.doctor.CheckCatalogue;
import tv.tldr.api.doctor.Finding;

/** Which faults were caused, found and mended? A page for people of the checks and commands, and one of this run with its evidence. */
final class FaultMatrix {
    private static final Path OF_THIS_RUN = Path.of("target", "fault-matrix.md");
    private static final String PAGE = "docs/fault-matrix.md";
    private static final double MILLIS = 1000;
    private static final Map<String, String> NOT_CAUSED = new TreeMap<>(Map.of(
            "memory-low",
                    "the memory of the machine is not a test's to take; `MemoryTest` reads limits as containers have them",
            "temporal-refused", "Temporal's development server asks nobody for a key"));

    private final List<Row> rows = new ArrayList<>();

    private record Row(String fault, Finding finding, Mended mended, Duration found, Duration healthy) {}

    synchronized void add(String fault, Finding finding, Mended mended, Duration found, Duration healthy) {
        rows.add(new Row(fault, finding, mended, found, healthy));
    }

    /** @param whole whether every fault was caused: then the page names these and no others */
    synchronized void write(boolean whole) throws IOException {
        StringBuilder run = new StringBuilder("""
                | fault | found | evidence | printed command | mended | how | found after | healthy after |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        StringBuilder page = new StringBuilder("""
                # Faults, caused and mended

                `FaultMatrixIT` causes each of these, for real but where the fault names a stand-in or a row, expects that [the doctor](troubleshooting.md) finds it, mends it, and expects that the
                check finds nothing any more. This page is made by it; `api/target/fault-matrix.md` has the evidence of the last run. *Mended* says
                whether by what is printed:

                - *as printed*: by the command or the setting itself, with what it leaves open (…) filled in
                - *`--fix`*: by the doctor's own hand
                - *as said beside it*: not by the command, but by what stands behind it
                - *otherwise*: by something that a test can do in its place; that the printed command helps is not shown there

                | fault | finding | what is printed | mended | how |
                | --- | --- | --- | --- | --- |
                """);
        for (Row row : rows) {
            String check = row.finding().check().id();
            run.append(String.format(
                    Locale.ROOT,
                    "| %s | `%s` | %s | `%s` | %s | %s | %.1f s | %.1f s |%n",
                    row.fault(),
                    check,
                    row.finding().evidence(),
                    cell(row.finding().fix()),
                    row.mended().way().words(),
                    row.mended().how(),
                    row.found().toMillis() / MILLIS,
                    row.healthy().toMillis() / MILLIS));
            page.append(String.format(
                    "| %s | [%s](troubleshooting.md#%s) | %s | %s | %s |%n",
                    row.fault(),
                    check,
                    check,
                    cell(printed(row.finding())),
                    row.mended().way().words(),
                    row.mended().how()));
        }
        page.append("\nNot here, since a test cannot cause them:\n\n");
        NOT_CAUSED.forEach(
                (check, why) -> page.append(String.format("- [%s](troubleshooting.md#%s): %s%n", check, check, why)));
        Files.writeString(OF_THIS_RUN, run.toString());
        if (whole) {
            Set<String> all = new TreeSet<>(NOT_CAUSED.keySet());
            rows.forEach(row -> all.add(row.finding().check().id()));
            assertThat(all)
                    .containsAll(CheckCatalogue.all().stream().map(Check::id).toList());
        }
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

    /** The command, and what is said beside it, with its words not filled in. */
    private static String printed(Finding finding) {
        Finding template = new Finding(finding.check(), "", Map.of());
        return ("`" + template.fix() + "` " + template.remark()).strip();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
