package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Whoever does the sums of an explanation again, from the printed lines alone: do they come out? */
final class DoneAgain {
    private static final String NUMBER = "([+-]?\\d+\\.\\d+)";

    private final String explanation;

    private DoneAgain(String explanation) {
        this.explanation = explanation;
    }

    static void by(String explanation) {
        DoneAgain again = new DoneAgain(explanation);
        Map<String, Double> scores = new HashMap<>();
        for (String part : explanation.split("\n\n", -1)) {
            again.dimension(part, scores);
        }
        again.score(scores);
        again.confidence();
    }

    private void dimension(String part, Map<String, Double> scores) {
        List<MatchResult> sums = matches(part, "sum N, 1 / \\(1 \\+ e\\^N\\) = N");
        if (sums.isEmpty()) {
            matches(part.strip(), "^([a-z_]+) = N, not scored")
                    .forEach(line -> scores.put(line.group(1), number(line, 2)));
            return;
        }
        double sum = matches(part, "\\n {2}([+-]\\d+\\.\\d+) {2}").stream()
                .mapToDouble(line -> number(line, 1))
                .sum();
        assertThat(sum).as(part).isEqualTo(number(sums.getFirst(), 1), within(5e-3));
        double rules = logistic(number(sums.getFirst(), 1));
        assertThat(rules).as(part).isEqualTo(number(sums.getFirst(), 3), within(1e-4));
        rules = matches(part, "rules: N .*counts as (\\S+)\n?").stream()
                .findFirst()
                .map(step -> number(step, 2))
                .orElse(rules);
        String id = part.strip().split(" ", -1)[0];
        double score = number(matches(part, id + " = N").getFirst(), 1);
        double expected = rules;
        for (MatchResult mixed : matches(part, "N × model N \\+ N × rules N")) {
            assertThat(number(mixed, 4)).as(part).isEqualTo(rules, within(1e-4));
            expected = number(mixed, 1) * number(mixed, 2) + number(mixed, 3) * rules;
        }
        assertThat(score).as(part).isEqualTo(expected, within(2e-4));
        scores.put(id, score);
    }

    private void score(Map<String, Double> scores) {
        double together = 0;
        for (MatchResult share : matches(explanation, "N × N += N +([a-z_]+)")) {
            assertThat(scores.get(share.group(4))).as(explanation).isEqualTo(number(share, 2));
            together += number(share, 1) * number(share, 2);
        }
        assertThat(together).as(explanation).isEqualTo(only("= N +together"), within(3e-4));
    }

    private void confidence() {
        double score = only("= N +together");
        double level = only("where N counts as");
        MatchResult evidence =
                matches(explanation, "\\) \\+ N × \\(N − N\\) = N").getFirst();
        double expected = Math.log(4) + number(evidence, 1) * (logit(score) - logit(level));
        assertThat(number(evidence, 4)).as(explanation).isEqualTo(expected, within(5e-3));
        MatchResult alone =
                matches(explanation, "N × 1 / \\(1 \\+ e\\^N\\) = N").getFirst();
        double confidence = number(alone, 1) * logistic(-number(alone, 2));
        assertThat(number(alone, 3)).as(explanation).isEqualTo(confidence, within(2e-4));
        for (MatchResult crowd : matches(explanation, "stand out: N \\+ N × \\(N − N\\) = N")) {
            confidence = number(crowd, 1) + number(crowd, 2) * (number(crowd, 3) - number(crowd, 4));
        }
        for (MatchResult compared : matches(explanation, "→ N, with its own N makes N")) {
            assertThat(number(compared, 2)).as(explanation).isEqualTo(confidence, within(1e-3));
            confidence = (number(compared, 1) + number(compared, 2)) / 2;
        }
        assertThat(only(", confidence N")).as(explanation).isEqualTo(confidence, within(1e-3));
    }

    private double only(String pattern) {
        return number(matches(explanation, pattern).getFirst(), 1);
    }

    private static List<MatchResult> matches(String text, String pattern) {
        return Pattern.compile(pattern.replace("N", NUMBER))
                .matcher(text)
                .results()
                .toList();
    }

    private static double number(MatchResult match, int group) {
        return Double.parseDouble(match.group(group));
    }

    private static double logistic(double evidence) {
        return 1 / (1 + Math.exp(-evidence));
    }

    private static double logit(double score) {
        return Math.log(score / (1 - score));
    }
}
