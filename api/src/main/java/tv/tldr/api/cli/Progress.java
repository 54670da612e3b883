package tv.tldr.api.cli;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * How far is a stream, as its owner is told?
 *
 * @param percentage 0–100
 * @param measured seconds of the stream that are measured
 * @param total seconds of the stream; 0 until known
 * @param speed seconds of the stream that are measured in one second; 0 until known
 * @param note what is being retried, or nothing
 */
record Progress(
        String stage,
        double percentage,
        double measured,
        double total,
        double speed,
        int highlightsCut,
        int highlights,
        String note) {
    static Progress of(JsonNode stream, double speed) {
        JsonNode progress = stream.path("progress");
        return new Progress(
                progress.path("stage").asString("queued"),
                progress.path("percentage").asDouble(0),
                progress.path("current_timestamp").asDouble(0),
                progress.path("total_duration").asDouble(0),
                speed,
                progress.path("highlights_cut").asInt(0),
                progress.path("highlights").asInt(0),
                progress.path("note").asString(""));
    }

    /** What belongs to the stage: {@code 3:20 of 10:00, 23.4× real time}. */
    String detail() {
        return switch (stage) {
            case "measuring" -> measuring();
            case "cutting" -> highlightsCut + " of " + highlights + " clips";
            default -> "";
        };
    }

    private String measuring() {
        String position = total > 0 ? TimeText.clock(measured) + " of " + TimeText.clock(total) : "";
        return speed > 0 ? position + String.format(Locale.ROOT, ", %.1f× real time", speed) : position;
    }
}
