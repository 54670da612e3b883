package tv.tldr.activities.gemini;

import java.util.List;

/**
 * In which order does the model put the finalists?
 *
 * @param places best first, each finalist once; those that the model left out have none
 * @param notes what had to be put right, for people
 */
public record Ranking(List<Place> places, List<String> notes) {
    public Ranking {
        places = List.copyOf(places);
        notes = List.copyOf(notes);
    }

    /**
     * @param number of the finalist
     * @param score 0–1 compared with the others
     * @param reason may be empty
     */
    public record Place(int number, double score, String reason) {}
}
