package tv.tldr.activities.storage;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which bucket of which S3 server keeps the objects, if one does?
 *
 * @param bucket empty: objects are kept in a folder
 * @param accessKeyId empty: what the environment of the process or the machine's role brings
 * @param sessionToken of credentials that end; empty: of none
 * @param endpointUrl another server than Amazon's; empty: theirs
 * @param pathStyle whether the bucket is part of the path rather than of the host's name; null: with an endpoint of one's own
 * @param encryption what the server is asked to encrypt with: {@code AES256} or {@code aws:kms}; empty: as the bucket says
 * @param kmsKeyId of {@code aws:kms}; empty: the account's own
 */
@ConfigurationProperties("tldr.s3")
public record S3Properties(
        @DefaultValue("") String bucket,
        @DefaultValue("us-east-1") String region,
        @DefaultValue("") String accessKeyId,
        @DefaultValue("") String secretAccessKey,
        @DefaultValue("") String sessionToken,
        @DefaultValue("") String endpointUrl,
        @Nullable Boolean pathStyle,
        @DefaultValue("") String encryption,
        @DefaultValue("") String kmsKeyId) {
    /** Whether objects are kept there at all. */
    public boolean isUsed() {
        return !bucket.isBlank();
    }

    boolean isPathStyle() {
        return pathStyle == null ? !endpointUrl.isBlank() : pathStyle;
    }

    @Nullable
    URI endpoint() {
        return endpointUrl.isBlank() ? null : URI.create(endpointUrl);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "S3Properties[bucket=" + bucket + ", region=" + region + "]";
    }
}
