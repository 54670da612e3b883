package tv.tldr.activities.recording;

import java.util.ArrayList;
import java.util.List;
import tv.tldr.activities.UploadedFiles;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.workflows.activity.StreamRef;

/** The one upload that a test has. */
final class TestUpload implements UploadedFiles {
    final List<ObjectKey> parts = new ArrayList<>();
    long size;
    String sha256 = "";
    int takenOver;

    @Override
    public UploadedFile of(StreamRef stream) {
        return new UploadedFile(List.copyOf(parts), size, sha256);
    }

    @Override
    public void takenOver(StreamRef stream) {
        takenOver++;
    }
}
