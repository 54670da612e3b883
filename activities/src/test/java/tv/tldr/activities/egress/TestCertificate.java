package tv.tldr.activities.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate that vouches for itself.
 *
 * @param store with it and its key: trusted by a process that is started with {@link #trusted}
 */
public record TestCertificate(Path store) {
    private static final String PASSWORD = "changeit";

    /** @param names of the hosts that it is for */
    public static TestCertificate make(Path folder, String... names) throws Exception {
        Path store = folder.resolve("self-signed-" + names[0] + ".p12");
        String alternatives = Stream.of(names).map(name -> "dns:" + name).collect(Collectors.joining(","));
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        names[0],
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString(),
                        "-dname",
                        "CN=" + names[0],
                        "-ext",
                        "san=" + alternatives)
                .start()
                .waitFor();
        assertThat(made).isZero();
        return new TestCertificate(store);
    }

    /** Options of a Java that trusts it, and nothing else. */
    public String trusted() {
        return "-Djavax.net.ssl.trustStorePassword=" + PASSWORD + " -Djavax.net.ssl.trustStore=" + store;
    }

    /** Of a server that has it. */
    public ServerSocketFactory sockets() throws Exception {
        return context().getServerSocketFactory();
    }

    /** Of a server that has it. */
    public SSLContext context() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
