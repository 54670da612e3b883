package tv.tldr.activities.media.signal;

import java.util.Map;
import java.util.Optional;
import tv.tldr.workflows.signal.SignalKind;

/** Curves under test; one that is missing fails the test by its name. */
record Curves(Map<SignalKind, float[]> byKind) {
    float[] of(SignalKind kind) {
        return Optional.ofNullable(byKind.get(kind))
                .orElseThrow(() -> new AssertionError("there is no curve of " + kind.wire()));
    }
}
