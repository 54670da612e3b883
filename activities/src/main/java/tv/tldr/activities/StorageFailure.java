package tv.tldr.activities;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import tv.tldr.workflows.activity.FailureType;

/** Why does the object store not do what it was asked? Classified where it is called, and nowhere else. */
public final class StorageFailure extends UncheckedIOException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Each with what heals it. */
    public enum Reason {
        /** No answer, or one that asks to come back: time heals it. */
        AWAY(FailureType.SERVICE_UNAVAILABLE, "Look whether AWS_S3_ENDPOINT_URL is right and the object store runs."),
        /** Somebody makes it again, or names another one. */
        MISSING_BUCKET(FailureType.SERVICE_UNAVAILABLE, "Make the bucket, or set AWS_S3_BUCKET to one that is there."),
        /** Somebody sets them. */
        NO_CREDENTIALS(
                FailureType.STORAGE_REFUSED,
                "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role."),
        /** The key is unknown, has expired, or its secret is another one. */
        REFUSED_KEY(
                FailureType.STORAGE_REFUSED,
                "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a pair that the object store knows."),
        /** The key is right, and may not do this. */
        DENIED(
                FailureType.STORAGE_REFUSED,
                "Allow the key s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload, s3:ListBucket and"
                        + " s3:ListBucketMultipartUploads on the bucket."),
        /** Refused for a reason of the object store's own, such as a clock that is wrong or an account that is closed. */
        REFUSED(FailureType.STORAGE_REFUSED, "Look up the code that the object store answered with."),
        /** The bucket, or the server, is in another region than the one that requests are signed for. */
        WRONG_REGION(FailureType.STORAGE_REFUSED, "Set AWS_REGION to the region of the bucket."),
        /** There is nothing under the key. */
        MISSING_OBJECT(FailureType.PROCESSING_ERROR, "Submit the source again."),
        /** Something else, as the message says. */
        OTHER(FailureType.PROCESSING_ERROR, "Look into the log of the object store.");

        private final FailureType type;
        private final String hint;

        Reason(FailureType type, String hint) {
            this.type = type;
            this.hint = hint;
        }

        /** Whether the same request may succeed once somebody or time has mended it. */
        public boolean isOutage() {
            return type != FailureType.PROCESSING_ERROR;
        }

        /** What helps: a sentence with a setting. */
        public String hint() {
            return hint;
        }
    }

    private final Reason reason;

    /** @param message what could not be done and why; no address, no bucket, no key */
    public StorageFailure(Reason reason, String message, IOException cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What it means for the activity that met it. */
    FailureType type() {
        return reason.type;
    }
}
