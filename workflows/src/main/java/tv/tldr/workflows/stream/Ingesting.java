package tv.tldr.workflows.stream;

import java.util.function.Consumer;
import tv.tldr.workflows.ActivityStubs;
import tv.tldr.workflows.activity.CatalogActivities.Recorded;
import tv.tldr.workflows.activity.CatalogActivities.SaveRecording;
import tv.tldr.workflows.activity.Recording;
import tv.tldr.workflows.activity.RecordingActivities.ProbeSource;
import tv.tldr.workflows.activity.RecordingActivities.RecordSource;

/** How does the source come in? Looked at, stored once as it is, and written down. */
final class Ingesting {
    private final StreamInput input;
    private final StreamLedger ledger;
    private final Consumer<StreamStage> enter;

    Ingesting(StreamInput input, StreamLedger ledger, Consumer<StreamStage> enter) {
        this.input = input;
        this.ledger = ledger;
        this.enter = enter;
    }

    void run() {
        ActivityStubs.recording("Look whether the source opens", ledger.fairnessWeight())
                .probeSource(new ProbeSource(input.stream()));
        enter.accept(StreamStage.RECORDING);
        Recording recording = ActivityStubs.recording(
                        "Store the source and read what is in it", ledger.fairnessWeight())
                .recordSource(new RecordSource(input.stream(), input.longest()));
        ledger.recorded(recording);
        ledger.noteIfBrokenOff(recording.facts());
        Recorded recorded = ActivityStubs.catalog("Write down the recording")
                .saveRecording(new SaveRecording(
                        input.stream(), recording, ledger.segments().count()));
        if (recorded != null) {
            ledger.weigh(recorded.fairnessWeight());
        }
    }
}
