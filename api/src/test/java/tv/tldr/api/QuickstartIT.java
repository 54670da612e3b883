package tv.tldr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every command of the quickstart, as it stands on the page, in one shell. */
class QuickstartIT {
    private static final Path PAGE = Path.of("../docs/api/quickstart.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|http|text)\\n(.*?)^```$");
    private static final String MARK = "=== block ";

    private final RunningApi api = RunningApi.shared();
    private final Caller caller = api.caller("admin");

    /** @param expected what the page shows as its answer; empty: nothing */
    private record Step(String command, String kind, String expected) {}

    @Test
    void everyCommandAnswersWhatThePageShows(@TempDir Path folder) throws IOException, InterruptedException {
        Sample.completed(api, caller.organization());
        List<Step> steps = steps();
        assertThat(steps).hasSizeGreaterThan(10).anyMatch(step -> step.command().contains("curl"));

        List<String> answers = run(folder, steps);

        assertThat(answers).hasSameSizeAs(steps);
        for (int i = 0; i < steps.size(); i++) {
            compare(steps.get(i), answers.get(i));
        }
        assertThat(Files.readAllBytes(folder.resolve("clip.mp4"))).isEqualTo(Sample.CLIP);
    }

    private static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        BLOCK.matcher(Files.readString(PAGE)).results().forEach(block -> {
            if (block.group(1).equals("sh")) {
                steps.add(new Step(block.group(2), "", ""));
            } else {
                steps.add(new Step(steps.removeLast().command(), block.group(1), block.group(2)));
            }
        });
        return steps;
    }

    private List<String> run(Path folder, List<Step> steps) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder("set -eu\n");
        for (Step step : steps) {
            script.append(step.command()).append("echo; echo '").append(MARK).append("'\n");
        }
        Path output = folder.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().put("API", "http://127.0.0.1:" + api.port() + "/api/v1");
        shell.environment().put("KEY", caller.key());
        Process process = shell.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the page ends").isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return List.of(said.split("\\n" + MARK + "\\n"));
    }

    private static void compare(Step step, String answer) {
        switch (step.kind()) {
            case "http" -> compareHttp(step, answer);
            case "text" -> compareLines(step, answer);
            default -> {}
        }
    }

    /** What is shown comes, in this order, among whatever else. */
    private static void compareLines(Step step, String answer) {
        Iterator<String> lines = answer.lines().iterator();
        for (String wanted : step.expected().lines().toList()) {
            boolean found = false;
            while (!found && lines.hasNext()) {
                found = pattern(wanted).matcher(lines.next()).matches();
            }
            assertThat(found).as("%s in %s", wanted, answer).isTrue();
        }
    }

    private static void compareHttp(Step step, String answer) {
        String[] wanted = step.expected().split("\\n\\n", 2);
        String[] got = answer.replace("\r\n", "\n").split("\\n\\n", 2);
        List<String> head = wanted[0].lines().toList();
        List<String> lines = got[0].lines().toList();
        assertThat(lines.getFirst()).as("%s%n%s", step.command(), answer).isEqualTo(head.getFirst());
        for (String header : head.subList(1, head.size())) {
            assertThat(lines)
                    .as(step.command())
                    .anyMatch(line -> line.regionMatches(true, 0, header, 0, header.indexOf(':') + 1)
                            && pattern(header.substring(header.indexOf(':')))
                                    .matcher(line.substring(line.indexOf(':')))
                                    .matches());
        }
        if (wanted.length == 2 && !wanted[1].isBlank()) {
            compare(
                    JsonMapper.shared().readTree(wanted[1]),
                    JsonMapper.shared().readTree(got[1]),
                    step.command() + got[1]);
        }
    }

    /** Each field that is shown is there, and each entry of a list in its place. */
    private static void compare(JsonNode wanted, JsonNode got, String where) {
        switch (wanted.getNodeType()) {
            case OBJECT ->
                wanted.propertyStream().forEach(field -> compare(field.getValue(), got.path(field.getKey()), where));
            case ARRAY -> {
                assertThat(got.size()).as(where).isGreaterThanOrEqualTo(wanted.size());
                for (int i = 0; i < wanted.size(); i++) {
                    compare(wanted.get(i), got.path(i), where);
                }
            }
            case NUMBER -> assertThat(got.asDouble(Double.NaN)).as(where).isEqualTo(wanted.asDouble());
            case STRING -> assertThat(got.asString("")).as(where).matches(pattern(wanted.stringValue()));
            case BOOLEAN, NULL, BINARY, MISSING, POJO ->
                assertThat(got).as(where).isEqualTo(wanted);
        }
    }

    private static Pattern pattern(String shown) {
        return Pattern.compile("\\Q" + shown.replace("…", "\\E.*\\Q") + "\\E");
    }
}
