package tv.tldr.activities.storage;

import java.io.IOException;
import java.io.Serial;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tv.tldr.activities.Evidence;
import tv.tldr.activities.StorageFailure;
import tv.tldr.activities.StorageFailure.Reason;
import tv.tldr.activities.StorageFullException;

/** What does an answer of an S3 server, or the lack of one, mean? */
final class S3Failures {
    private static final Set<String> REFUSED_KEY = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidToken",
            "ExpiredToken",
            "InvalidClientTokenId",
            // versitygw's word for an id that it does not know.
            "XAdminUserNotFound");
    private static final String NO_CODE = "no code";
    /** Of a 403; a proxy's has none. Others are about the account or the clock, and no policy mends them. */
    private static final Set<String> DENIED = Set.of("AccessDenied", "AllAccessDisabled", NO_CODE);

    private static final Set<String> WRONG_REGION = Set.of(
            "PermanentRedirect",
            "TemporaryRedirect",
            "AuthorizationHeaderMalformed",
            "AuthorizationQueryParametersError",
            "IllegalLocationConstraintException");
    /** Amazon's never is; others name it in their own ways. */
    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "InsufficientStorage");
    /** Answered with 400, and healed by another try. */
    private static final Set<String> TIRED = Set.of("RequestTimeout", "SlowDown", "Throttling", "InternalError");

    private S3Failures() {}

    /** Of an object that has fewer bytes than the first one that was asked for. */
    static final class OutOfRange extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;

        private OutOfRange(Throwable cause) {
            super(cause);
        }
    }

    /** @param doing such as {@code "the object … could not be read"} */
    static RuntimeException of(String doing, Throwable thrown) {
        if (thrown instanceof S3Exception answer) {
            return of(doing, answer);
        }
        // The rest of it names addresses, which are for the log alone.
        String why = String.valueOf(thrown.getMessage());
        if (why.contains("Unable to load credentials") || why.contains("Unable to load an AwsCredentials")) {
            return failure(Reason.NO_CREDENTIALS, doing, "there are no credentials for the object store", thrown);
        }
        if (Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).anyMatch(SSLException.class::isInstance)) {
            return failure(
                    Reason.AWAY,
                    doing,
                    "the certificate of the object store is not trusted on this machine (javax.net.ssl.trustStore)",
                    thrown);
        }
        return thrown instanceof SdkException
                ? failure(Reason.AWAY, doing, "the object store does not answer", thrown)
                : failure(Reason.OTHER, doing, shortened(why), thrown);
    }

    private static RuntimeException of(String doing, S3Exception answer) {
        String code = code(answer);
        int status = answer.statusCode();
        if (status == 416) {
            return new OutOfRange(answer);
        }
        if (status == 412) {
            return failure(Reason.OTHER, doing, "it was replaced meanwhile", answer);
        }
        if (FULL.contains(code) || status == 507) {
            return new StorageFullException(doing + ": the object store is full (" + code + "); make room in it");
        }
        Reason reason = reason(code, status);
        return failure(reason, doing, because(reason, code, answer), answer);
    }

    private static Reason reason(String code, int status) {
        if (code.equals("NoSuchBucket")) {
            return Reason.MISSING_BUCKET;
        }
        if (code.equals("NoSuchKey")) {
            return Reason.MISSING_OBJECT;
        }
        if (WRONG_REGION.contains(code) || status == 301) {
            return Reason.WRONG_REGION;
        }
        if (REFUSED_KEY.contains(code)) {
            return Reason.REFUSED_KEY;
        }
        if (status == 401 || status == 403) {
            return DENIED.contains(code) ? Reason.DENIED : Reason.REFUSED;
        }
        boolean comesBack = status >= 500 && status != 501;
        return comesBack || status == 429 || TIRED.contains(code) ? Reason.AWAY : Reason.OTHER;
    }

    private static String because(Reason reason, String code, S3Exception answer) {
        String said = "(" + code + ", " + answer.statusCode() + ")";
        return switch (reason) {
            case AWAY -> "the object store is busy or away " + said;
            case MISSING_BUCKET -> "the bucket that AWS_S3_BUCKET names is not there";
            case NO_CREDENTIALS -> "there are no credentials for the object store";
            case REFUSED_KEY -> "the object store does not know the key or its secret " + said;
            case DENIED -> "the object store denies it " + said;
            case WRONG_REGION -> "the bucket is in another region than AWS_REGION says " + said;
            case MISSING_OBJECT -> "it is not there";
            case REFUSED, OTHER ->
                "the object store answered " + said + ": " + shortened(String.valueOf(message(answer)));
        };
    }

    /** Of the body; a {@code HEAD} has none. */
    private static String code(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return Objects.requireNonNullElse(code, NO_CODE);
    }

    private static String message(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String message = details == null ? null : details.errorMessage();
        return Objects.requireNonNullElse(message, "no message");
    }

    private static StorageFailure failure(Reason reason, String doing, String why, Throwable cause) {
        return new StorageFailure(reason, doing + ": " + why + ".", new IOException(cause));
    }

    private static String shortened(String message) {
        String clean = Evidence.clean(message);
        return clean.substring(0, Math.min(clean.length(), 200)).toLowerCase(Locale.ROOT);
    }
}
