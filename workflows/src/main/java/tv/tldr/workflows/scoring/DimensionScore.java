package tv.tldr.workflows.scoring;

import java.util.List;

/**
 * The score of one dimension for one moment.
 *
 * @param score 0–1
 * @param confidence 0–1: how much of what the dimension needs could be measured
 * @param contributions what made the score, strongest first
 */
public record DimensionScore(double score, double confidence, List<Contribution> contributions) {
    public DimensionScore {
        contributions = List.copyOf(contributions);
    }
}
