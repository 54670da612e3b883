package tv.tldr.activities.store;

import java.io.Serial;

/** The objects are another database's, or seem to be: nothing of them may be taken for left over. The message says what to do. */
public final class OthersObjectsException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    OthersObjectsException(String what) {
        super(
                what
                        + " Nothing was removed. If its database is lost, restore it first (./tldr db restore); if these objects are this"
                        + " database's all the same, ./tldr storage sweep --dry-run tells what would go, and --take-over says so.");
    }
}
