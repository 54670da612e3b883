package tv.tldr.api.dimensions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tv.tldr.activities.store.DimensionSetRow;
import tv.tldr.workflows.scoring.DimensionSet;
import tv.tldr.workflows.scoring.DimensionSetVersion;
import tv.tldr.workflows.scoring.Preset;

/**
 * One version of a set that a tenant may use: its own, or a preset.
 *
 * @param createdAt when this version was written; null for a preset
 */
record StoredSet(
        DimensionSet definition,
        int version,
        boolean preset,
        @Nullable Instant createdAt) {
    static StoredSet of(DimensionSetRow row) {
        return new StoredSet(row.definition(), row.version(), false, row.createdAt());
    }

    static StoredSet of(Preset preset) {
        DimensionSetVersion version = DimensionSetVersion.of(preset);
        return new StoredSet(version.definition(), version.version(), true, null);
    }
}
