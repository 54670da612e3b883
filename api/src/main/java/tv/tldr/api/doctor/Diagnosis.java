package tv.tldr.api.doctor;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How is an installation?
 *
 * @param findings what is wrong, the worst first
 * @param passedOver checks that could not be made, with the reason
 * @param healthy checks that found nothing
 * @param named checks that alone were asked for, by their names
 */
public record Diagnosis(
        List<Finding> findings,
        Map<String, String> passedOver,
        List<String> healthy,
        Set<String> named,
        Duration took) {
    /** Why something was passed over that is there and does not answer in time. */
    static final String TOO_SLOW = "took too long";

    public Diagnosis {
        findings = findings.stream()
                .sorted(Comparator.comparing(
                                (Finding finding) -> finding.check().severity())
                        .reversed())
                .toList();
        passedOver = Map.copyOf(passedOver);
        healthy = List.copyOf(healthy);
        named = Set.copyOf(named);
    }

    /** The worst of what was found; empty when nothing was. */
    public Optional<Severity> worst() {
        return findings.stream().map(finding -> finding.check().severity()).max(Comparator.naturalOrder());
    }

    /** Whether nobody knows how something is that did not answer in time, or was asked for by its name. */
    public boolean isIncomplete() {
        return passedOver.containsValue(TOO_SLOW) || !Collections.disjoint(passedOver.keySet(), named);
    }

    public boolean has(String check) {
        return findings.stream().anyMatch(finding -> finding.check().id().equals(check));
    }
}
