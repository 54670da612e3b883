package tv.tldr.activities.clip;

import java.io.Serial;

/** Is a part of a recording so damaged that neither a frame nor a sample of it is left? */
final class UndecodableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    UndecodableException() {
        super("neither picture nor sound of this part of the recording can be decoded: the file is damaged there; "
                + "play it, and export or upload it again");
    }
}
