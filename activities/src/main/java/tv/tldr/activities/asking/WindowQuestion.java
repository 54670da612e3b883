package tv.tldr.activities.asking;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.gemini.Answer;
import tv.tldr.activities.gemini.AskedDimension;
import tv.tldr.activities.gemini.Question;
import tv.tldr.activities.gemini.Scale;
import tv.tldr.activities.gemini.Unit;
import tv.tldr.activities.gemini.Unit.Kind;
import tv.tldr.activities.gemini.Words;
import tv.tldr.activities.store.WindowAnswer;
import tv.tldr.workflows.asking.Window;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.ModelMoment;
import tv.tldr.workflows.scoring.ModelScore;
import tv.tldr.workflows.scoring.ProcessingModules;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.TimeRange;
import tv.tldr.workflows.transcript.HeardLine;
import tv.tldr.workflows.transcript.NumberedWindow;
import tv.tldr.workflows.transcript.Shots;
import tv.tldr.workflows.transcript.SpeechSnap;
import tv.tldr.workflows.transcript.SpeechTurns;
import tv.tldr.workflows.transcript.Transcript;
import tv.tldr.workflows.transcript.Whereabouts;

/** What is the model asked about one window, and which stretches of the stream do its numbers stand for? Pure. */
public final class WindowQuestion {
    private static final int MOST_SHOTS = 20;

    /** A piece of a turn at the window's edge that is shorter than this says nothing. */
    private static final double SHORTEST_PIECE = 0.5;

    private final TimeRange window;
    private final Signals signals;
    private final List<Unit> units;
    private final DimensionSet set;
    private final ProcessingModules modules;

    /**
     * @param signals of the whole stream, or of more than the window
     * @param modules what the model is shown: it is not told of shots that it does not see, nor of turns that it does not hear
     */
    public WindowQuestion(TimeRange window, Signals signals, DimensionSet set, ProcessingModules modules) {
        this.window = window;
        this.signals = signals;
        this.set = set;
        this.modules = modules;
        this.units = units(
                window,
                modules.video() ? signals.cuts() : List.of(),
                modules.audio() ? SpeechTurns.of(signals) : List.of());
    }

    /** Shots first come, then turns; by their beginning, numbered through, in seconds of the window. */
    private static List<Unit> units(TimeRange window, List<Double> cuts, List<NumberedWindow> turns) {
        record Piece(Kind kind, TimeRange range) {}
        List<Piece> pieces = new ArrayList<>();
        for (NumberedWindow shot : Shots.within(window, cuts, MOST_SHOTS)) {
            pieces.add(new Piece(Kind.SHOT, shot.range()));
        }
        for (NumberedWindow turn : turns) {
            double start = Math.max(window.start(), turn.range().start());
            double end = Math.min(window.end(), turn.range().end());
            if (end - start >= SHORTEST_PIECE) {
                pieces.add(new Piece(Kind.SPEECH, new TimeRange(start, end)));
            }
        }
        pieces.sort(Comparator.comparingDouble((Piece piece) -> piece.range().start())
                .thenComparing(Piece::kind)
                .thenComparingDouble(piece -> piece.range().end()));
        List<Unit> units = new ArrayList<>();
        for (Piece piece : pieces) {
            units.add(new Unit(
                    units.size() + 1,
                    piece.kind(),
                    piece.range().start() - window.start(),
                    piece.range().end() - window.start(),
                    null));
        }
        return units;
    }

    /** @param words which of those that are said are wanted, too */
    public Question question(Words words) {
        List<AskedDimension> asked =
                set.askedDimensions(modules).stream().map(WindowQuestion::asked).toList();
        return new Question(asked, units, Window.mostMoments(window.duration()), words);
    }

    private static AskedDimension asked(Dimension dimension) {
        return new AskedDimension(
                dimension.id(),
                dimension.name(),
                dimension.description(),
                dimension.scoringPrompt(),
                new AskedDimension.Examples(
                        dimension.examples().high(),
                        dimension.examples().medium(),
                        dimension.examples().low()),
                scale(dimension.scale()));
    }

    private static Scale scale(tv.tldr.workflows.scoring.Scale scale) {
        return switch (scale.type()) {
            case NUMERIC -> new Scale.Numeric(scale.lowest(), scale.highest());
            case BINARY -> new Scale.Binary();
            case CATEGORICAL ->
                new Scale.Categorical(scale.categories().entrySet().stream()
                        .sorted(Map.Entry.comparingByValue())
                        .collect(toMap(
                                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, LinkedHashMap::new)));
        };
    }

    /**
     * What an answer means in stream time; spoken lines go to the speech that was measured.
     *
     * @param degraded on how much less than all of the window it rests; null when it saw all
     */
    public WindowAnswer meaning(int number, Answer answer, @Nullable String degraded) {
        List<ModelMoment> moments = new ArrayList<>();
        List<HeardLine> heard = new ArrayList<>(heard(answer.transcript()));
        Set<HeardLine> ofMoments = new LinkedHashSet<>();
        for (Answer.Moment moment : answer.moments()) {
            Map<String, ModelScore> scores = new LinkedHashMap<>();
            moment.scores()
                    .forEach((dimension, score) ->
                            scores.put(dimension, new ModelScore(score.value(), score.confidence(), score.told())));
            moments.add(new ModelMoment(
                    range(moment.firstUnit(), moment.lastUnit()), scores, moment.title(), moment.reason()));
            ofMoments.addAll(heard(moment.transcript()));
        }
        // What two moments share is said once, and so is what stands in the whole of it already.
        ofMoments.removeAll(heard);
        heard.addAll(ofMoments);
        Transcript transcript =
                new SpeechSnap(signals, List.of(), numbered()).place(heard).transcript();
        return new WindowAnswer(number, moments, transcript, degraded);
    }

    private static List<HeardLine> heard(List<Answer.Line> lines) {
        return lines.stream()
                .map(line -> new HeardLine(line.text(), new Whereabouts.InShot(line.unit())))
                .toList();
    }

    private List<NumberedWindow> numbered() {
        return units.stream()
                .map(unit -> new NumberedWindow(unit.number(), range(unit.number(), unit.number())))
                .toList();
    }

    /** The stretch of the stream from the beginning of one unit to the end of another, seconds of stream time. */
    TimeRange range(int firstUnit, int lastUnit) {
        double start = units.get(firstUnit - 1).start();
        double end = units.subList(firstUnit - 1, lastUnit).stream()
                .mapToDouble(Unit::end)
                .max()
                .orElseThrow();
        return new TimeRange(window.start() + start, window.start() + end);
    }
}
