package tv.tldr.workflows.scoring;

import java.util.UUID;
import tv.tldr.workflows.TypeId;

/** Which dimension set of an organization: {@code dset_} and 26 characters in public, a UUIDv7 in the database. */
public record DimensionSetId(UUID uuid) {
    private static final String PREFIX = "dset";

    /** @throws IllegalArgumentException when {@code text} is not such an id */
    public static DimensionSetId parse(String text) {
        return new DimensionSetId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, uuid);
    }
}
