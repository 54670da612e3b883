package tv.tldr.activities.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts an object into a new bucket and reads it back, in a process of its own, which trusts what that process is told to trust. */
final class PutAndGet {
    private PutAndGet() {}

    static void main(String... arguments) throws IOException {
        S3Properties properties =
                new S3Properties("tldr", TestS3.REGION, TestS3.KEY, TestS3.SECRET, "", arguments[0], null, "", "");
        try (S3Bucket bucket = new S3Bucket(properties);
                S3ObjectStore store = new S3ObjectStore(properties)) {
            bucket.call("The bucket could not be made", s3 -> s3.createBucket(make -> make.bucket("tldr")));
            ObjectKey key = new ObjectKey("organizations/hello");
            store.put(key, Files.writeString(Path.of(arguments[1], "hello"), "hello"));
            IO.println(new String(store.get(key).readAllBytes(), UTF_8));
        } catch (RuntimeException refused) {
            IO.println(refused.getMessage());
        }
    }
}
