package tv.tldr.api.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.tldr.activities.StorageFailure;
import tv.tldr.api.embedded.Home;

class StorageExaminerTest {
    @Test
    void aBucketIsMadeInItsRegion() {
        assertThat(missing(Map.of("AWS_S3_BUCKET", "clips", "AWS_REGION", "eu-central-1")))
                .isEqualTo("aws s3api create-bucket --bucket clips --endpoint-url https://s3.eu-central-1.amazonaws.com"
                        + " --region eu-central-1 --create-bucket-configuration LocationConstraint=eu-central-1");
    }

    /** Amazon refuses the constraint there. */
    @Test
    void inTheFirstRegionItNeedsNoConstraint() {
        assertThat(missing(Map.of("AWS_S3_BUCKET", "clips")))
                .isEqualTo("aws s3api create-bucket --bucket clips --endpoint-url https://s3.us-east-1.amazonaws.com"
                        + " --region us-east-1");
    }

    @Test
    void atAnotherServerItIsMadeThere() {
        assertThat(missing(Map.of("AWS_S3_BUCKET", "clips", "AWS_S3_ENDPOINT_URL", "http://localhost:9000")))
                .startsWith("aws s3api create-bucket --bucket clips --endpoint-url http://localhost:9000 ");
    }

    private static String missing(Map<String, String> settings) {
        Chart chart = new Chart();
        Patient patient = Patient.within(new Home(Path.of("nowhere")), settings, () -> 0);
        new StorageExaminer(patient)
                .found(
                        chart,
                        new StorageFailure(
                                StorageFailure.Reason.MISSING_BUCKET, "The bucket is not there", new IOException()));
        return chart.findings().getFirst().fix();
    }
}
