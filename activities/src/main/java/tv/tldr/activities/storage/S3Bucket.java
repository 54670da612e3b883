package tv.tldr.activities.storage;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * One bucket, and how it is called: waited for by the caller's thread, tried again by the SDK, and every failure in our
 * words. Closing it ends its connections.
 */
final class S3Bucket implements AutoCloseable {
    /** Less than the gap between heartbeats that Temporal puts up with, with all second tries. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** A block of 8 MiB over a poor line. */
    static final Duration BLOCK_PATIENCE = Duration.ofMinutes(2);

    private static final Duration CONNECTING = Duration.ofSeconds(3);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 100;
    private static final int THREADS = 4;
    private static final long NEWS_SECONDS = 2;
    private static final int QUIET_MILLIS = 100;

    private final S3Properties properties;
    /** Of our own, because those of the SDK take two seconds to end. */
    private final EventLoopGroup threads = threads();

    private final S3AsyncClient client;
    private final S3Presigner presigner;

    S3Bucket(S3Properties properties) {
        this.properties = properties;
        URI endpoint = properties.endpoint();
        Region region = Region.of(properties.region());
        AwsCredentialsProvider credentials = credentials(properties);
        S3Configuration style = S3Configuration.builder()
                .pathStyleAccessEnabled(properties.isPathStyle())
                .build();
        this.client = S3AsyncClient.builder()
                .region(region)
                .endpointOverride(endpoint)
                .credentialsProvider(credentials)
                .serviceConfiguration(style)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .eventLoopGroup(SdkEventLoopGroup.create(threads, NioSocketChannel::new))
                        .maxConcurrency(CONNECTIONS)
                        .connectionTimeout(CONNECTING)
                        .connectionAcquisitionTimeout(PATIENCE)
                        .readTimeout(SILENCE)
                        .writeTimeout(SILENCE))
                .build();
        this.presigner = S3Presigner.builder()
                .region(region)
                .endpointOverride(endpoint)
                .credentialsProvider(credentials)
                .serviceConfiguration(style)
                .build();
    }

    @SuppressWarnings("deprecation") // The SDK knows Netty's groups by their classes, and not yet those of 4.2.
    private static EventLoopGroup threads() {
        return new NioEventLoopGroup(THREADS);
    }

    private static AwsCredentialsProvider credentials(S3Properties properties) {
        String id = properties.accessKeyId();
        String secret = properties.secretAccessKey();
        String session = properties.sessionToken();
        if (id.isBlank()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(
                session.isBlank()
                        ? AwsBasicCredentials.create(id, secret)
                        : AwsSessionCredentials.create(id, secret, session));
    }

    String name() {
        return properties.bucket();
    }

    /** What the server is asked to encrypt with; null: as the bucket says. */
    @Nullable
    String encryption() {
        return properties.encryption().isBlank() ? null : properties.encryption();
    }

    /** The key for that; null: the account's. */
    @Nullable
    String kmsKey() {
        return properties.kmsKeyId().isBlank() ? null : properties.kmsKeyId();
    }

    S3Presigner presigner() {
        return presigner;
    }

    /** Begins a call without waiting for it; its failure is what {@link #await} makes of it. */
    <T> CompletableFuture<T> start(Function<S3AsyncClient, CompletableFuture<T>> call) {
        try {
            return call.apply(client);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** @param doing what the failure begins with, such as {@code "The object … could not be read"} */
    <T> T call(String doing, Function<S3AsyncClient, CompletableFuture<T>> call) {
        return await(doing, start(call));
    }

    static <T> T await(String doing, CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw S3Failures.of(doing, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(answer);
        }
    }

    /**
     * The same for what takes long: meanwhile the caller is told again and again that it is still under way.
     *
     * @param news what it throws ends the call
     */
    static <T> T awaitWithNews(String doing, CompletableFuture<T> answer, Runnable news) {
        while (true) {
            try {
                return answer.get(NEWS_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException notYet) {
                tell(news, answer);
            } catch (ExecutionException e) {
                throw S3Failures.of(doing, e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                throw interrupted(answer);
            }
        }
    }

    private static void tell(Runnable news, CompletableFuture<?> answer) {
        try {
            news.run();
        } catch (RuntimeException told) {
            answer.cancel(true);
            throw told;
        }
    }

    private static CancellationException interrupted(CompletableFuture<?> answer) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        return new CancellationException("interrupted while the object store was asked");
    }

    /** How long a call may take with all second tries. */
    static AwsRequestOverrideConfiguration within(Duration patience) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(patience)
                .build();
    }

    @Override
    public void close() {
        client.close();
        presigner.close();
        threads.shutdownGracefully(QUIET_MILLIS, 10 * QUIET_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }
}
