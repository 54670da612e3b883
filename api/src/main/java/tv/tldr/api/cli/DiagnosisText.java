package tv.tldr.api.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.api.doctor.Check;
import tv.tldr.api.doctor.CheckCatalogue;
import tv.tldr.api.doctor.Diagnosis;
import tv.tldr.api.doctor.Finding;
import tv.tldr.api.doctor.Severity;

/** How does a diagnosis read, for people and for programs? */
final class DiagnosisText {
    private static final double MILLIS = 1000;
    private static final Map<Severity, String> COLOURS =
            Map.of(Severity.NOTE, "36", Severity.WARNING, "33", Severity.ERROR, "31");

    private DiagnosisText() {}

    static List<String> lines(Diagnosis diagnosis, boolean verbose, boolean colours) {
        List<String> lines = new ArrayList<>();
        for (Finding finding : diagnosis.findings()) {
            Check check = finding.check();
            lines.add(marked(check.severity(), colours) + "  " + check.title() + "  [" + check.id() + "]");
            lines.add("  found  " + finding.evidence());
            lines.add("  means  " + check.why());
            lines.add("  fix    " + finding.fix());
            if (!finding.remark().isEmpty()) {
                lines.add("         " + finding.remark());
            }
            lines.add("");
        }
        lines.addAll(passedOver(diagnosis, verbose));
        if (verbose) {
            diagnosis.healthy().forEach(check -> lines.add("Well: " + check));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%s, %d well, %d passed over, in %.1f s.",
                found(diagnosis),
                diagnosis.healthy().size(),
                diagnosis.passedOver().size(),
                diagnosis.took().toMillis() / MILLIS));
        return lines;
    }

    private static String found(Diagnosis diagnosis) {
        if (!diagnosis.findings().isEmpty()) {
            return diagnosis.findings().size() + " found";
        }
        return diagnosis.isIncomplete() ? "Not all could be looked at" : "Nothing found";
    }

    /** By reason; an area of which nothing was told is one word, unless every check is wanted. */
    private static List<String> passedOver(Diagnosis diagnosis, boolean verbose) {
        Map<String, Set<String>> reasons = new LinkedHashMap<>();
        for (Check check : CheckCatalogue.all()) {
            String reason = diagnosis.passedOver().get(check.id());
            if (reason != null && (verbose || !diagnosis.named().isEmpty() || !reason.startsWith("see "))) {
                boolean whole = CheckCatalogue.all().stream()
                        .filter(other -> other.area().equals(check.area()))
                        .allMatch(other -> reason.equals(diagnosis.passedOver().get(other.id())));
                reasons.computeIfAbsent(reason, any -> new LinkedHashSet<>())
                        .add(whole && !verbose ? check.area() : check.id());
            }
        }
        List<String> lines = new ArrayList<>();
        reasons.forEach(
                (reason, checks) -> lines.add("Passed over " + String.join(", ", checks) + ": " + reason + "."));
        return lines;
    }

    private static String marked(Severity severity, boolean colours) {
        String word = severity.name();
        return colours ? "\u001b[" + COLOURS.get(severity) + "m" + word + "\u001b[0m" : word;
    }

    static String json(Diagnosis diagnosis) {
        ObjectNode page = JsonMapper.shared().createObjectNode();
        page.put("worst", diagnosis.worst().map(Severity::wire).orElse(null));
        page.put("took_ms", diagnosis.took().toMillis());
        ArrayNode findings = page.putArray("findings");
        diagnosis.findings().forEach(finding -> findings.addObject()
                .put("check", finding.check().id())
                .put("area", finding.check().area())
                .put("severity", finding.check().severity().wire())
                .put("title", finding.check().title())
                .put("evidence", finding.evidence())
                .put("why", finding.check().why())
                .put("fix", finding.fix())
                .put("remark", finding.remark())
                .put("safe", finding.check().safe()));
        ObjectNode passedOver = page.putObject("passed_over");
        diagnosis.passedOver().forEach(passedOver::put);
        ArrayNode healthy = page.putArray("healthy");
        diagnosis.healthy().forEach(healthy::add);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(page);
    }
}
