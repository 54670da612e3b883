package tv.tldr.activities;

import java.io.Serial;

/** Is there no room left on a disk or in the object store? Heals when somebody makes room. */
public final class StorageFullException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** @param message what is full, by how much, and what to do */
    public StorageFullException(String message) {
        super(message);
    }
}
