package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ProgressTest {
    @Test
    void tellsPositionAndSpeedWhileItMeasures() {
        JsonNode stream = Json.of("""
                {'progress': {'stage': 'measuring', 'percentage': 40, 'current_timestamp': 200, 'total_duration': 600}}""");

        assertThat(Progress.of(stream, 23.44).detail()).isEqualTo("3:20 of 10:00, 23.4× real time");
        assertThat(Progress.of(stream, 0).detail()).isEqualTo("3:20 of 10:00");
    }

    @Test
    void tellsClipsWhileItCuts() {
        JsonNode stream = Json.of("{'progress': {'stage': 'cutting', 'highlights_cut': 2, 'highlights': 7}}");

        assertThat(Progress.of(stream, 0).detail()).isEqualTo("2 of 7 clips");
    }

    @Test
    void aPipeGetsALineForEachStageQuarterAndNote() {
        StringWriter text = new StringWriter();
        try (LineDisplay display = new LineDisplay(new PrintWriter(text, true))) {
            display.show(at("probing", 1, ""));
            display.show(at("measuring", 10, ""));
            display.show(at("measuring", 12, ""));
            display.show(at("measuring", 26, ""));
            display.show(at("measuring", 27, "the disk is full"));
        }

        assertThat(text.toString().lines())
                .containsExactly(
                        "  1 %  probing",
                        " 10 %  measuring", " 26 %  measuring", " 27 %  measuring    the disk is full");
    }

    @Test
    void aTerminalGetsOneLineThatStaysWithinItsWidth() {
        StringWriter text = new StringWriter();
        try (BarDisplay display = new BarDisplay(new PrintWriter(text, true), 60)) {
            display.show(at("measuring", 50, ""));
        }

        assertThat(text.toString())
                .contains("\r")
                .contains("50")
                .contains("measuring")
                .endsWith("\n");
        assertThat(text.toString().strip().split("\r", -1))
                .allSatisfy(line -> assertThat(line.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", ""))
                        .hasSizeLessThan(60));
    }

    @Test
    void speedIsMeasuredFromTheFirstReadingOn() {
        SpeedMeter meter = new SpeedMeter();

        assertThat(meter.read(100, 5)).isZero();
        assertThat(meter.read(160, 7)).isEqualTo(30);
        assertThat(meter.read(160, 9)).isEqualTo(30);
        assertThat(meter.read(220, 9)).isEqualTo(30);
        assertThat(meter.read(220, 10)).isEqualTo(30);
        assertThat(meter.read(300, 10)).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00, 0:00.0", "59.96, 0:59, 1:00.0", "723.44, 12:03, 12:03.4", "3723, 1:02:03, 1:02:03.0"})
    void writesTimesForPeople(double seconds, String clock, String precise) {
        assertThat(TimeText.clock(seconds)).isEqualTo(clock);
        assertThat(TimeText.precise(seconds)).isEqualTo(precise);
    }

    private static Progress at(String stage, double percentage, String note) {
        return new Progress(stage, percentage, 0, 0, 0, 0, 0, note);
    }
}
