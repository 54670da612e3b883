package tv.tldr.activities.asking;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tv.tldr.activities.gemini.Cost;
import tv.tldr.activities.gemini.Finalist;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.activities.gemini.ProxyCutter.Detail;
import tv.tldr.workflows.activity.MediaFacts;
import tv.tldr.workflows.asking.QuestionCost;
import tv.tldr.workflows.asking.WindowPlan;
import tv.tldr.workflows.scoring.Dimension;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.signal.Signals;
import tv.tldr.workflows.stream.StreamOptions;
import tv.tldr.workflows.stream.TimeRange;

/** What will the model cost for a stream that nobody has measured yet? Rather too much than too little. */
@Component
public final class CostForecast {
    /** Seconds between two cuts of lively footage: each shot is named in the question. */
    private static final double SHOT = 3;
    /** As long as the reasons that the model gives. */
    private static final String REASON = "x".repeat(160);

    private static final int LONGEST_TITLE = 60;

    private final ObjectProvider<GeminiGateway> gateway;

    CostForecast(ObjectProvider<GeminiGateway> gateway) {
        this.gateway = gateway;
    }

    /**
     * @param requests about windows, and the one that compares the finalists
     * @param most what they will hardly exceed, each answered the first time
     */
    public record Forecast(int requests, Cost most) {
        static final Forecast NOTHING = new Forecast(0, Cost.ZERO);
    }

    /** Of a recording with these headers; nothing when nobody would be asked. */
    public Forecast of(MediaFacts all, DimensionSet set, StreamOptions options) {
        MediaFacts facts = all.shown(options.modules());
        List<Double> lengths = WindowPlan.lengths(facts.duration(), set, options);
        GeminiGateway model = gateway.getIfAvailable();
        boolean nothing = facts.video() == null && facts.audio() == null;
        if (lengths.isEmpty() || model == null || nothing) {
            return Forecast.NOTHING;
        }
        Cost most = Stream.concat(
                        lengths.stream().map(length -> window(model, length, facts, set, options)),
                        Stream.of(model.cost(model.estimate(finalists(facts, set)))))
                .reduce(Cost.ZERO, Cost::plus);
        return new Forecast(lengths.size() + 1, most);
    }

    private static Cost window(
            GeminiGateway model, double length, MediaFacts facts, DimensionSet set, StreamOptions options) {
        WindowQuestion about = new WindowQuestion(new TimeRange(0, length), lively(length), set, options.modules());
        return model.cost(model.estimate(
                about.question(AskingActivitiesImpl.words(options)),
                length,
                facts.video() == null ? 0 : Detail.FULL.framesPerSecond(),
                facts.audio() != null));
    }

    private static Signals lively(double length) {
        List<Double> cuts = IntStream.iterate(1, i -> i * SHOT < length, i -> i + 1)
                .mapToObj(i -> i * SHOT)
                .toList();
        return new Signals(0, (int) Math.ceil(length), Map.of(), cuts, List.of());
    }

    private static List<Finalist> finalists(MediaFacts facts, DimensionSet set) {
        Path picture = facts.video() == null ? null : Path.of("peak.jpg");
        Map<String, Double> scores =
                set.dimensions().stream().collect(Collectors.toMap(Dimension::id, dimension -> 0.55));
        return IntStream.rangeClosed(1, QuestionCost.finalists(facts.duration()))
                .mapToObj(number -> new Finalist(number, REASON.substring(0, LONGEST_TITLE), REASON, scores, picture))
                .toList();
    }
}
