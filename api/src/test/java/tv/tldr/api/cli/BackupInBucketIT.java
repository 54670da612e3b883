package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.S3ObjectStore;
import tv.tldr.activities.storage.S3Properties;
import tv.tldr.activities.storage.TestS3;
import tv.tldr.api.embedded.FileTree;
import tv.tldr.api.embedded.Home;
import tv.tldr.api.embedded.UnpackedServers;

/** A backup goes into a bucket and comes back out of it, by the commands as they are typed and a server that checks who asks. */
class BackupInBucketIT {
    private static final ObjectKey NIGHTLY = new ObjectKey("nightly");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatIsLostComesBackFromABucket() throws Exception {
        S3Properties bucket = TestS3.shared().newBucket();
        settings(bucket);
        String place = "s3://" + bucket.bucket() + "/nightly";
        // A process of its own: its servers end with it.
        try (Program analyze =
                Program.start(folder, "analyze", Footage.SAMPLE.toString(), "--json", "--threshold", "0.3")) {
            assertThat(analyze.exit()).as(analyze.err()).isZero();
            assertThat(analyze.out()).contains("hl_");
        }

        try (S3ObjectStore objects = new S3ObjectStore(bucket)) {
            Typed first = typed(0, "db", "backup", "--to", place, "--json");
            assertThat(first.json().path("missing_objects")).isEmpty();
            int stored = first.json().path("objects").asInt();
            assertThat(stored).isPositive();
            List<ObjectKey> copies = contents(objects);
            assertThat(copies).hasSize(stored);
            assertThat(objects.list(NIGHTLY)).anyMatch(key -> key.value().startsWith("nightly/backups/"));
            assertThat(objects.list(new ObjectKey("organizations"))).isEmpty();

            Typed second = typed(0, "db", "backup", "--to", place, "--json");
            assertThat(contents(objects)).isEqualTo(copies);
            assertThat(objects.folders(new ObjectKey("nightly/backups"))).hasSize(2);

            refusals(bucket, place);
            lose();
            assertThat(typed(0, "db", "restore", "--from", place, "--dry-run").out())
                    .contains("can be restored");
            assertThat(typed(0, "db", "verify", "--from", place).out()).contains("is whole");
            byte[] copy = damage(objects, copies.getFirst());
            String hash = copies.getFirst().value().replaceFirst(".*/", "");
            Typed tried = typed(1, "db", "restore", "--from", place, "--dry-run", "--json");
            assertThat(tried.json().path("dry_run").asBoolean()).isTrue();
            assertThat(tried.json().path("damages").toString()).contains(hash);
            assertThat(typed(1, "db", "verify", "--from", place).out()).contains(hash);
            assertThat(typed(1, "db", "restore", "--from", place).err())
                    .contains(hash)
                    .doesNotContain("\tat ");

            put(objects, copies.getFirst(), copy);
            Typed restored = typed(0, "db", "restore", "--from", place, "--json");
            assertThat(restored.json().path("dry_run").asBoolean(true)).isFalse();
            assertThat(restored.json().path("objects").asInt()).isEqualTo(stored);
            assertThat(restored.json().path("rows").asInt())
                    .isEqualTo(second.json().path("rows").asInt());
            assertThat(typed(0, "storage", "verify", "--deep").err()).contains("all are there");
            aDamagedOneTakesNothingAway(
                    objects, place, second.json().path("name").asString(), stored);
        }
    }

    private void aDamagedOneTakesNothingAway(S3ObjectStore objects, String place, String name, int stored)
            throws IOException {
        damage(objects, new ObjectKey("nightly/backups/" + name + "/tables/streams.copy.gz"));

        assertThat(typed(1, "db", "restore", "--from", place, "--force", "--yes")
                        .err())
                .contains("The table streams", "tables/streams.copy.gz", "nothing was changed", "--at ");

        assertThat(typed(0, "storage", "verify").err())
                .contains(stored + " objects are named by rows", "all are there");
        objects.delete(new ObjectKey("nightly/backups/" + name + "/manifest.sha256"));
        assertThat(typed(1, "db", "verify", "--from", place).err())
                .contains("nightly/backups/" + name + "/manifest.sha256", "--at ");
        assertThat(typed(1, "db", "verify", "--from", "s3://my bucket/x").err()).contains("s3://bucket/prefix");
    }

    /** Of a key that is wrong, a bucket that is not there, and a place without a backup: a line that says so, and no more. */
    private void refusals(S3Properties bucket, String place) {
        assertThat(typed(1, "db", "restore", "--from", "s3://" + bucket.bucket() + "/weekly", "--dry-run")
                        .err())
                .contains("There is no whole backup in s3://");
        Typed away = typed(1, "db", "backup", "--to", "s3://tldr-nobody-made-this-one/nightly");
        assertThat(away.err()).contains("no bucket tldr-nobody-made-this-one").doesNotContain("AWS_S3_BUCKET");
        Typed wrong = Typed.with(
                Map.of("AWS_SECRET_ACCESS_KEY", "another secret than that of the bucket"),
                folder,
                "db",
                "backup",
                "--to",
                place);
        assertThat(wrong.exitCode()).isEqualTo(TestS3.checksSignatures() ? 1 : 0);
        assertThat(away.err() + wrong.err())
                .contains("tldr: ")
                .doesNotContain("\tat ")
                .doesNotContain(bucket.secretAccessKey());
    }

    private List<ObjectKey> contents(S3ObjectStore objects) {
        return objects.list(NIGHTLY).stream()
                .filter(key -> key.value().startsWith("nightly/objects/"))
                .toList();
    }

    /** Puts another content of the same length there; what it was. */
    private byte[] damage(S3ObjectStore objects, ObjectKey key) throws IOException {
        try (InputStream in = objects.get(key)) {
            byte[] copy = in.readAllBytes();
            put(objects, key, new byte[copy.length]);
            return copy;
        }
    }

    private void put(S3ObjectStore objects, ObjectKey key, byte[] content) throws IOException {
        objects.put(key, Files.write(folder.resolve("content"), content));
    }

    private void lose() throws IOException {
        FileTree.delete(folder.resolve(".tldr"));
        UnpackedServers.lend(new Home(folder.resolve(".tldr")));
    }

    /** Objects lie in a folder: AWS_S3_BUCKET is not set. */
    private void settings(S3Properties bucket) throws IOException {
        Files.writeString(folder.resolve(".env"), """
                SECRET_KEY="a secret key that outlives the disk"
                AWS_REGION=%s
                AWS_ACCESS_KEY_ID=%s
                AWS_SECRET_ACCESS_KEY="%s"
                AWS_S3_ENDPOINT_URL=%s
                """.formatted(
                        bucket.region(), bucket.accessKeyId(), bucket.secretAccessKey(), bucket.endpointUrl()));
    }

    private Typed typed(int exit, String... arguments) {
        Typed typed = Typed.in(folder, arguments);
        assertThat(typed.exitCode()).as("%s: %s", List.of(arguments), typed).isEqualTo(exit);
        return typed;
    }
}
