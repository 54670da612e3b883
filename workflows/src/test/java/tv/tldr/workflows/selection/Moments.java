package tv.tldr.workflows.selection;

import static org.assertj.core.api.Assertions.assertThat;

/** Which moments has a selection? */
final class Moments {
    private Moments() {}

    static Candidate onlyKept(Selection selection) {
        assertThat(selection.kept()).as(selection.toString()).hasSize(1);
        return selection.kept().getFirst();
    }

    /** One whose peak is from {@code from} up to {@code to}, seconds. */
    static Candidate at(Selection selection, int from, int to) {
        return selection.candidates().stream()
                .filter(one -> one.peak() >= from && one.peak() < to)
                .findFirst()
                .orElseThrow(() -> new AssertionError("none from " + from + " to " + to + " in " + selection));
    }
}
