package tv.tldr.activities.store;

import java.util.List;
import tv.tldr.activities.UploadedFiles;
import tv.tldr.workflows.activity.StreamRef;

/** What the recorder is told of the upload that a stream is made of. */
final class UploadedStreams implements UploadedFiles {
    private final UploadStore uploads;
    private final RemovedObjects objects;

    UploadedStreams(UploadStore uploads, RemovedObjects objects) {
        this.uploads = uploads;
        this.objects = objects;
    }

    @Override
    public UploadedFile of(StreamRef stream) {
        return Awaited.of("reading where the upload is", uploads.file(stream))
                .orElseGet(() -> new UploadedFile(List.of(), 0, ""));
    }

    @Override
    public void takenOver(StreamRef stream) {
        Awaited.of("removing the upload's parts", uploads.giveUpParts(stream).flatMap(objects::remove));
    }
}
