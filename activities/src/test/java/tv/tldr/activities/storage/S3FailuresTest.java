package tv.tldr.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;
import tv.tldr.activities.StorageFailure;
import tv.tldr.activities.StorageFailure.Reason;
import tv.tldr.activities.StorageFullException;

class S3FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "AccessDenied, 403, DENIED",
        ", 403, DENIED",
        "RequestTimeTooSkewed, 403, REFUSED",
        "AccountProblem, 403, REFUSED",
        "SignatureDoesNotMatch, 403, REFUSED_KEY",
        "XAdminUserNotFound, 404, REFUSED_KEY",
        "AuthorizationHeaderMalformed, 400, WRONG_REGION",
        "InvalidArgument, 400, OTHER",
        ", 404, OTHER",
        "SlowDown, 503, AWAY",
        "RequestTimeout, 400, AWAY",
        "NotImplemented, 501, OTHER"
    })
    void whatTheCodeAndTheStatusMean(String code, int status, Reason reason) {
        assertThat(of(code, status)).isInstanceOfSatisfying(StorageFailure.class, failure -> {
            assertThat(failure.reason()).isEqualTo(reason);
            assertThat(failure.getMessage()).contains(code == null ? "no code" : code, String.valueOf(status));
        });
    }

    @ParameterizedTest
    @CsvSource({"QuotaExceeded, 403", "XMinioStorageFull, 507", ", 507"})
    void aFullStoreIsNoRefusal(String code, int status) {
        assertThat(of(code, status)).isInstanceOf(StorageFullException.class);
    }

    private static RuntimeException of(String code, int status) {
        return S3Failures.of(
                "It could not be written",
                S3Exception.builder()
                        .statusCode(status)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage("words of the server")
                                .build())
                        .build());
    }
}
