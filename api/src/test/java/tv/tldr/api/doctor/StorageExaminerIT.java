package tv.tldr.api.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.api.embedded.Home;

class StorageExaminerIT {
    @TempDir
    private Path folder = Path.of("");

    /** It takes connections, and says nothing. */
    @Test
    void anObjectStoreThatHangsIsFoundBeforeTheDoctorHasToGo() throws Exception {
        try (ServerSocket hangs = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Patient patient = Patient.within(
                    new Home(folder),
                    Map.of(
                            "AWS_S3_BUCKET",
                            "clips",
                            "AWS_S3_ENDPOINT_URL",
                            "http://127.0.0.1:" + hangs.getLocalPort(),
                            "AWS_ACCESS_KEY_ID",
                            "id",
                            "AWS_SECRET_ACCESS_KEY",
                            "secret"),
                    () -> 0);

            Diagnosis diagnosis = new Doctor(patient, Limits.USUAL).examine(Set.of("storage-away"));

            assertThat(diagnosis.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.check().id()).isEqualTo("storage-away"));
        }
    }
}
