package tv.tldr.activities.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.recording.ChildJvm;

/** A bucket behind TLS with a certificate of one's own: taken where the machine trusts it, and told in words where not. */
class S3OverTlsIT {
    @TempDir
    Path folder;

    @Test
    void aServerWithACertificateOfOnesOwnIsTrustedWhereTheMachineTrustsIt() throws Exception {
        assumeTrue(TestS3.checksSignatures(), "S3Mock has a certificate that nobody chose");
        Path trusted = certificate();
        try (TestS3 s3 = TestS3.startSecure(
                Files.createDirectory(folder.resolve("server")),
                folder.resolve("tls.crt"),
                folder.resolve("tls.key"))) {
            String url = s3.properties("tldr").endpointUrl();

            assertThat(url).startsWith("https://");
            assertThat(said(
                            url,
                            "-Djavax.net.ssl.trustStore=" + trusted + " -Djavax.net.ssl.trustStorePassword=changeit"))
                    .isEqualTo("hello");
            assertThat(said(url, "-Dnothing=else")).contains("the certificate of the object store is not trusted");
        }
    }

    private String said(String url, String options) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(ChildJvm.command(PutAndGet.class, url, folder.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_TOOL_OPTIONS", options);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        process.waitFor();
        return said;
    }

    /** A store of keys that holds it; its two halves lie beside it as the server reads them. */
    private Path certificate() throws Exception {
        Path store = folder.resolve("tls.p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString(),
                        "-dname",
                        "CN=storage",
                        "-ext",
                        "san=ip:127.0.0.1")
                .start()
                .waitFor();
        assertThat(made).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (FileInputStream in = new FileInputStream(store.toFile())) {
            keys.load(in, "changeit".toCharArray());
        }
        pem("tls.crt", "CERTIFICATE", keys.getCertificate("own").getEncoded());
        pem(
                "tls.key",
                "PRIVATE KEY",
                keys.getKey("own", "changeit".toCharArray()).getEncoded());
        return store;
    }

    private void pem(String name, String what, byte[] bytes) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {10}).encodeToString(bytes);
        Files.writeString(
                folder.resolve(name), "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
