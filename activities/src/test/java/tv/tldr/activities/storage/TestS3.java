package tv.tldr.activities.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import tv.tldr.activities.ProjectFolder;

/**
 * A real S3 server on a free port of this machine, which checks signatures: versitygw, built once by Go. Where there is no Go it is
 * S3Mock, which believes everybody, and tests of what is refused are passed over.
 */
public final class TestS3 implements AutoCloseable {
    private static final String VERSION = "1.8.0";
    private static final String MOCK = "com.adobe.testing:s3mock:5.2.0:jar:exec";
    static final String KEY = "TLDRTESTKEY";
    static final String SECRET = "a secret that only the tests have";
    static final String REGION = "eu-central-1";

    /** Whether a server that cannot be fetched fails the tests, rather than that they are passed over and say so. */
    private static final boolean REQUIRED = "required".equals(System.getProperty("tools"));

    private static @Nullable TestS3 shared;

    private final Path folder;
    private final int port;
    private final List<String> security;
    private @Nullable Process server;

    private TestS3(Path folder, List<String> security) {
        this.folder = folder;
        this.security = security;
        this.port = freePort();
    }

    /** One for all tests of a process that break nothing. */
    public static synchronized TestS3 shared() {
        TestS3 known = shared;
        if (known == null) {
            try {
                known = start(Files.createTempDirectory(Files.createDirectories(Path.of("target", "s3")), "server-"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            shared = known;
        }
        return known;
    }

    /** One of the caller's own, which keeps its objects in {@code folder} and ends with this process at the latest. */
    public static TestS3 start(Path folder) {
        return start(folder, List.of());
    }

    /** One that speaks TLS. */
    static TestS3 startSecure(Path folder, Path certificate, Path key) {
        return start(folder, List.of("--cert", certificate.toString(), "--key", key.toString()));
    }

    private static TestS3 start(Path folder, List<String> security) {
        TestS3 s3 = new TestS3(folder.toAbsolutePath(), security);
        Runtime.getRuntime().addShutdownHook(new Thread(s3::close));
        s3.start();
        return s3;
    }

    /** Starts it where it was, with what it had. */
    public void start() {
        List<String> command = fetched();
        try {
            server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("the S3 server").atMost(Duration.ofMinutes(1)).until(this::isListening);
    }

    /** Ends it at once, as a power cut does. */
    public void stop() {
        Process running = server;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Whether a wrong secret is refused. */
    public static boolean checksSignatures() {
        return go() != null;
    }

    /** A new bucket, and the key to it. */
    public S3Properties newBucket() {
        S3Properties properties = properties("tldr-" + UUID.randomUUID());
        try (S3Bucket bucket = new S3Bucket(properties)) {
            bucket.call(
                    "The bucket could not be made", s3 -> s3.createBucket(make -> make.bucket(properties.bucket())));
        }
        return properties;
    }

    /** Takes away a bucket that is empty. */
    public void remove(S3Properties properties) {
        try (S3Bucket bucket = new S3Bucket(properties)) {
            bucket.call(
                    "The bucket could not be removed", s3 -> s3.deleteBucket(gone -> gone.bucket(properties.bucket())));
        }
    }

    /** Some bucket, and the key of an owner. */
    S3Properties properties(String bucket) {
        return properties(bucket, REGION, KEY, SECRET);
    }

    S3Properties properties(String bucket, String region, String key, String secret) {
        return new S3Properties(bucket, region, key, secret, "", url(), null, "", "");
    }

    private String url() {
        return (security.isEmpty() ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /** Lets somebody whom it knows do everything with the bucket. */
    public void allow(S3Properties properties, String name) {
        String policy = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["%s"]}, "Action": "s3:*",
                 "Resource": ["arn:aws:s3:::%s", "arn:aws:s3:::%s/*"]}]}""".formatted(name, properties.bucket(), properties.bucket());
        try (S3Bucket bucket = new S3Bucket(properties)) {
            bucket.call(
                    "The policy could not be written",
                    s3 -> s3.putBucketPolicy(
                            put -> put.bucket(properties.bucket()).policy(policy)));
        }
    }

    /** Somebody whom it knows, and who may do nothing. */
    public S3Properties stranger(String bucket) throws IOException {
        String name = "stranger-" + UUID.randomUUID();
        ProjectFolder.run(
                Map.of(),
                List.of(
                        program().toString(),
                        "admin",
                        "--access",
                        KEY,
                        "--secret",
                        SECRET,
                        "--region",
                        REGION,
                        "--endpoint-url",
                        "http://127.0.0.1:" + port,
                        "create-user",
                        "--access",
                        name,
                        "--secret",
                        SECRET,
                        "--role",
                        "user"));
        return properties(bucket, REGION, name, SECRET);
    }

    private List<String> fetched() {
        try {
            return command();
        } catch (IOException | UncheckedIOException e) {
            String why = "no S3 server can be fetched, so nothing is tested with one: " + e.getMessage();
            if (REQUIRED) {
                throw new IllegalStateException(why, e);
            }
            return Assumptions.abort(why);
        }
    }

    private List<String> command() throws IOException {
        if (!checksSignatures()) {
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    mock().toString(),
                    "--http.port=" + port,
                    // Of HTTPS, which nobody asks for.
                    "--server.port=0",
                    "--server.address=127.0.0.1",
                    "--com.adobe.testing.s3mock.store.root=" + folder.resolve("objects"),
                    "--com.adobe.testing.s3mock.store.retain-files-on-exit=true");
        }
        for (String each : List.of("objects", "metadata", "people")) {
            Files.createDirectories(folder.resolve(each));
        }
        List<String> command = new ArrayList<>(List.of(program().toString(), "--port", "127.0.0.1:" + port));
        command.addAll(security);
        command.addAll(List.of("--access", KEY, "--secret", SECRET, "--region", REGION));
        command.addAll(List.of("--iam-dir", folder.resolve("people").toString(), "posix"));
        command.addAll(List.of("--sidecar", folder.resolve("metadata").toString()));
        command.add(folder.resolve("objects").toString());
        return command;
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path program() {
        return ProjectFolder.filled("tools/versitygw-" + VERSION, folder -> {
                    if (!Files.isExecutable(folder.resolve("versitygw"))) {
                        Map<String, String> settings = Map.of("GOBIN", folder.toString(), "CGO_ENABLED", "0");
                        ProjectFolder.run(
                                settings,
                                List.of(
                                        String.valueOf(go()),
                                        "install",
                                        "github.com/versity/versitygw/cmd/versitygw@v" + VERSION));
                    }
                })
                .resolve("versitygw");
    }

    private static Path mock() {
        Path folder = ProjectFolder.filled("tools/s3mock", empty -> {
            if (!Files.isReadable(empty.resolve("s3mock-5.2.0-exec.jar"))) {
                ProjectFolder.run(
                        Map.of(),
                        List.of(
                                "mvn",
                                "-B",
                                "-q",
                                "dependency:copy",
                                "-Dartifact=" + MOCK,
                                "-DoutputDirectory=" + empty));
            }
        });
        return folder.resolve("s3mock-5.2.0-exec.jar");
    }

    /** Go's own program, where it is installed and not forbidden by {@code -Dgo=none}. */
    private static @Nullable Path go() {
        if ("none".equals(System.getProperty("go"))) {
            return null;
        }
        List<Path> folders = new ArrayList<>(
                Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of).toList());
        folders.add(Path.of("/usr/local/go/bin"));
        return folders.stream()
                .map(each -> each.resolve("go"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
