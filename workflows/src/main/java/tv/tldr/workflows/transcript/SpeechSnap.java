package tv.tldr.workflows.transcript;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;

/**
 * When is it said, really? Puts the lines of a model to the speech that was measured where the model says they are. Lines
 * of the same turn or shot share its speech in proportion to their characters, from pause to pause.
 */
public final class SpeechSnap {
    /** A model tells whole seconds and is rarely nearer than one of them. */
    private static final double ROUGHLY_SECONDS = 2;

    /** People speak 10 to 20 characters a second, unevenly: a line's share of a turn is right to about a second. */
    private static final double SHARE_SECONDS = 1;

    private final List<NumberedWindow> turns;
    private final List<NumberedWindow> shots;
    private final List<TimeRange> phrases;

    /**
     * @param signals of the window that the model was shown
     * @param turns that it was shown, by number; empty when it was shown none
     * @param shots that it was shown, by number; empty when it was shown none
     */
    public SpeechSnap(Signals signals, List<NumberedWindow> turns, List<NumberedWindow> shots) {
        this.turns = List.copyOf(turns);
        this.shots = List.copyOf(shots);
        this.phrases = Phrases.of(signals);
    }

    /**
     * What was placed and what could not be.
     *
     * @param transcript the lines at their measured times
     * @param unplaced lines with a number that was never shown, or with times at which nobody speaks: made up, as it seems
     */
    public record Placed(Transcript transcript, List<HeardLine> unplaced) {
        public Placed {
            unplaced = List.copyOf(unplaced);
        }
    }

    /** Each of {@code lines} at its place; lines that share one keep their order. Blank lines are left out. */
    public Placed place(List<HeardLine> lines) {
        Map<Whereabouts, List<HeardLine>> byPlace = new LinkedHashMap<>();
        for (HeardLine line : lines) {
            if (!line.text().isBlank()) {
                byPlace.computeIfAbsent(line.where(), first -> new ArrayList<>())
                        .add(line);
            }
        }
        List<TranscriptLine> placed = new ArrayList<>();
        List<HeardLine> unplaced = new ArrayList<>();
        byPlace.forEach((where, together) -> speech(where)
                .ifPresentOrElse(speech -> placed.addAll(share(speech, together)), () -> unplaced.addAll(together)));
        return new Placed(new Transcript(placed), unplaced);
    }

    private static List<TranscriptLine> share(List<TimeRange> speech, List<HeardLine> lines) {
        List<Integer> characters =
                lines.stream().map(line -> line.text().strip().length()).toList();
        List<TimeRange> ranges = new SpokenTime(speech).share(characters, SHARE_SECONDS);
        List<TranscriptLine> shared = new ArrayList<>();
        for (int index = 0; index < ranges.size(); index++) {
            shared.add(new TranscriptLine(ranges.get(index), lines.get(index).text(), TranscriptSource.MODEL));
        }
        return shared;
    }

    private Optional<List<TimeRange>> speech(Whereabouts where) {
        return switch (where) {
            case Whereabouts.InTurn turn ->
                NumberedWindow.find(turns, turn.number()).map(window -> speechOrAllOf(window.range()));
            case Whereabouts.InShot shot ->
                NumberedWindow.find(shots, shot.number()).map(window -> speechOrAllOf(window.range()));
            case Whereabouts.Roughly roughly -> near(roughly.range());
        };
    }

    /** All of it where no speech was measured: a shout in a noisy game is not, and the window itself is ours. */
    private List<TimeRange> speechOrAllOf(TimeRange window) {
        List<TimeRange> speech = within(window);
        return speech.isEmpty() ? List.of(window) : speech;
    }

    private List<TimeRange> within(TimeRange window) {
        return phrases.stream()
                .filter(phrase -> phrase.overlaps(window))
                .map(window::intersection)
                .toList();
    }

    /** The speech around a rough time, whose ends go to the nearest ends of phrases; empty where nobody speaks. */
    private Optional<List<TimeRange>> near(TimeRange rough) {
        double earliest = Math.max(0, rough.start() - ROUGHLY_SECONDS);
        double latest = rough.end() + ROUGHLY_SECONDS;
        List<TimeRange> around = phrases.stream()
                .filter(phrase -> phrase.overlaps(new TimeRange(earliest, latest)))
                .toList();
        if (around.isEmpty()) {
            return Optional.empty();
        }
        double start = nearest(around.stream().map(TimeRange::start).toList(), rough.start(), earliest);
        double end = nearest(around.stream().map(TimeRange::end).toList(), rough.end(), rough.start());
        List<TimeRange> speech = start < end ? within(new TimeRange(start, end)) : List.of();
        return Optional.of(speech.isEmpty() ? List.of(nearestPhrase(around, rough)) : speech);
    }

    /** The one of {@code edges} nearest to {@code time}, if it is near enough and not before {@code least}. */
    private static double nearest(List<Double> edges, double time, double least) {
        return edges.stream()
                .filter(edge -> edge >= least && Math.abs(edge - time) <= ROUGHLY_SECONDS)
                .min(Comparator.comparingDouble(edge -> Math.abs(edge - time)))
                .orElse(time);
    }

    private static TimeRange nearestPhrase(List<TimeRange> around, TimeRange rough) {
        return around.stream()
                .min(Comparator.comparingDouble(phrase -> Math.abs(phrase.middle() - rough.middle())))
                .orElseThrow();
    }
}
