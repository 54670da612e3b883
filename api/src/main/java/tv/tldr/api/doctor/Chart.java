package tv.tldr.api.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is noted while an area is looked at? Whoever is too slow is not waited for: what is noted by then counts. */
final class Chart {
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> passedOver = new LinkedHashMap<>();

    /** @param words name and value by turns, for the command that mends it */
    synchronized void found(String check, String evidence, String... words) {
        Map<String, String> filled = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            filled.put(words[i], words[i + 1]);
        }
        found(check, evidence, filled);
    }

    synchronized void found(String check, String evidence, Map<String, String> words) {
        findings.add(new Finding(CheckCatalogue.of(check), evidence, words));
    }

    /** These cannot be told. */
    synchronized void passOver(String why, List<String> checks) {
        checks.forEach(check -> passedOver.putIfAbsent(check, why));
    }

    synchronized List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Without those that something was found about. */
    synchronized Map<String, String> passedOver() {
        Map<String, String> rest = new LinkedHashMap<>(passedOver);
        findings.forEach(finding -> rest.remove(finding.check().id()));
        return rest;
    }
}
