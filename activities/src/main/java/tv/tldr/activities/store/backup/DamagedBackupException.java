package tv.tldr.activities.store.backup;

/** What is in a backup, or came of it, is not what its manifest says; the message is for a person. */
public final class DamagedBackupException extends RuntimeException {
    DamagedBackupException(String message) {
        super(message);
    }
}
