package tv.tldr.api.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.workflows.evaluation.Evaluation;
import tv.tldr.workflows.stream.TimeRange;

/**
 * How well does one video's selection fit its labels?
 *
 * @param name the video, as it was given
 */
record EvaluatedVideo(String name, Evaluation evaluation) {
    private static final int NAME_WIDTH = 32;

    /** A measure by its names on paper and in JSON. */
    private record Measure(String heading, String field, ToDoubleFunction<Evaluation> value) {}

    private static final List<Measure> MEASURES = List.of(
            new Measure("HIT@1", "hit_at_1", evaluation -> evaluation.hitAt1() ? 1 : 0),
            new Measure("HIT@K", "hit_at_k", Evaluation::hitAtK),
            new Measure("F1±15s", "f1_hits", evaluation -> evaluation.hits().f1()),
            new Measure(
                    "F1 IoU", "f1_overlaps", evaluation -> evaluation.overlaps().f1()),
            new Measure(
                    "F1 sec", "f1_seconds", evaluation -> evaluation.seconds().f1()),
            new Measure("IoU", "mean_iou", Evaluation::meanOverlap));

    /**
     * @param result the object that {@code analyze --json} prints: highlights best first, and the stream
     * @param truth what people marked
     */
    static EvaluatedVideo of(String name, JsonNode result, List<TimeRange> truth) {
        List<TimeRange> found = new ArrayList<>();
        result.path("highlights")
                .forEach(highlight -> found.add(new TimeRange(
                        highlight.path("start_time").asDouble(),
                        highlight.path("end_time").asDouble())));
        double duration = result.path("stream").path("duration_seconds").asDouble(0);
        return new EvaluatedVideo(name, Evaluation.of(found, truth, duration));
    }

    /** One line a video, then the mean of all. */
    static List<String> table(List<EvaluatedVideo> videos) {
        List<String> lines = new ArrayList<>();
        StringBuilder heading = new StringBuilder(cell("VIDEO"));
        MEASURES.forEach(measure -> heading.append(String.format(Locale.ROOT, " %7s", measure.heading())));
        lines.add(heading + "   FOUND / TRUE  SECONDS");
        for (EvaluatedVideo video : videos) {
            StringBuilder line = new StringBuilder(cell(video.name()));
            MEASURES.forEach(measure -> line.append(number(measure.value().applyAsDouble(video.evaluation()))));
            Evaluation evaluation = video.evaluation();
            lines.add(line.append(String.format(
                            Locale.ROOT,
                            "   %5d / %-5d %7.0f",
                            evaluation.highlights(),
                            evaluation.truth(),
                            evaluation.secondsDelivered()))
                    .toString());
        }
        StringBuilder mean = new StringBuilder(cell("mean"));
        MEASURES.forEach(measure -> mean.append(number(mean(videos, measure))));
        lines.add(mean.toString());
        return lines;
    }

    /** The same for programs. */
    static ObjectNode json(List<EvaluatedVideo> videos) {
        ObjectNode object = JsonMapper.shared().createObjectNode();
        for (EvaluatedVideo video : videos) {
            ObjectNode node = object.withArrayProperty("videos").addObject().put("video", video.name());
            MEASURES.forEach(
                    measure -> node.put(measure.field(), measure.value().applyAsDouble(video.evaluation())));
            node.put("highlights", video.evaluation().highlights());
            node.put("truth", video.evaluation().truth());
            node.put("seconds_delivered", video.evaluation().secondsDelivered());
            node.put("duration", video.evaluation().duration());
        }
        ObjectNode mean = object.putObject("mean");
        MEASURES.forEach(measure -> mean.put(measure.field(), mean(videos, measure)));
        return object;
    }

    private static double mean(List<EvaluatedVideo> videos, Measure measure) {
        return videos.stream()
                .mapToDouble(video -> measure.value().applyAsDouble(video.evaluation()))
                .average()
                .orElse(0);
    }

    private static String cell(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        String shown = last.length() > NAME_WIDTH ? last.substring(0, NAME_WIDTH - 1) + "…" : last;
        return shown + " ".repeat(NAME_WIDTH - shown.length());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, " %7.2f", value);
    }
}
