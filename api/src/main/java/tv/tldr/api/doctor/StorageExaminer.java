package tv.tldr.api.doctor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tv.tldr.activities.StorageFailure;
import tv.tldr.activities.StorageFullException;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.ObjectStore;
import tv.tldr.activities.storage.S3ObjectStore;
import tv.tldr.activities.storage.S3Properties;
import tv.tldr.activities.store.StoreMark;
import tv.tldr.api.embedded.Setting;

/** Can objects be kept where the settings say? A running instance only looks; the command line writes a small one, too. */
record StorageExaminer(Patient patient) implements Examiner {
    private static final String OTHERS = "storage-others";
    private static final String MISSING = "storage-missing";
    /** What only the database and the store together can say. */
    private static final List<String> BELONGING = List.of(OTHERS, MISSING);

    private static final String NEWEST = """
            (SELECT recording_key AS key FROM streams WHERE recording_key IS NOT NULL ORDER BY created_at DESC LIMIT 5)
            UNION ALL
            (SELECT object_key FROM upload_parts JOIN uploads ON (uploads.organization_id, uploads.id)
                 = (upload_parts.organization_id, upload_parts.upload_id) ORDER BY uploads.created_at DESC LIMIT 5)""";
    /** So short that what hangs is found before the doctor has to go. */
    private static final Duration PATIENCE = Duration.ofMillis(2500);

    private static final String EVERYWHERE = "us-east-1";
    private static final String ACTIONS = "s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload,"
            + " s3:ListBucket, s3:ListBucketMultipartUploads";

    @Override
    public String area() {
        return "storage";
    }

    @Override
    public Set<String> settings() {
        return Set.of(Setting.AWS_S3_BUCKET, "AWS_S3_ENDPOINT_URL");
    }

    @Override
    public void examine(Chart chart) throws IOException {
        if (patient.settings().has(Setting.AWS_S3_BUCKET)) {
            chart.passOver("objects are kept in a bucket", List.of("storage-folder"));
            bucket(chart);
        } else {
            chart.passOver("objects are kept in a folder", ofBuckets());
            folder(chart, MediaExaminer.folder(patient, "OBJECT_DIR"));
        }
    }

    private void bucket(Chart chart) throws IOException {
        try (S3ObjectStore objects = new S3ObjectStore(properties(patient))) {
            objects.check(PATIENCE);
            if (!patient.within()) {
                write(objects);
            }
            belonging(chart, objects);
        } catch (StorageFailure failure) {
            found(chart, failure);
            passOverTheOthers(chart);
        } catch (StorageFullException full) {
            found(chart, "storage-full", full);
            passOverTheOthers(chart);
        }
    }

    private void passOverTheOthers(Chart chart) {
        String why = "see " + chart.findings().getFirst().check().id();
        chart.passOver(why, ofBuckets());
        chart.passOver(why, BELONGING);
    }

    private List<String> ofBuckets() {
        return CheckCatalogue.ofArea(area()).stream()
                .filter(check -> !check.equals("storage-folder") && !BELONGING.contains(check))
                .toList();
    }

    private static void write(S3ObjectStore objects) throws IOException {
        ObjectKey key = new ObjectKey("doctor/" + UUID.randomUUID());
        Path small = Files.createTempFile("tldr-doctor", null);
        try {
            Files.writeString(small, "written by tldr doctor, and deleted again");
            objects.put(key, small);
            objects.get(key).close();
            objects.delete(key);
        } finally {
            Files.delete(small);
        }
    }

    void found(Chart chart, StorageFailure failure) {
        String check =
                switch (failure.reason()) {
                    case NO_CREDENTIALS -> "storage-credentials";
                    case REFUSED_KEY -> "storage-key";
                    case MISSING_BUCKET -> "storage-bucket";
                    case DENIED -> "storage-denied";
                    case REFUSED, MISSING_OBJECT, OTHER -> "storage-refused";
                    case WRONG_REGION -> "storage-region";
                    case AWAY -> "storage-away";
                };
        found(chart, check, failure);
    }

    private void found(Chart chart, String check, RuntimeException failure) {
        String region = patient.value("AWS_REGION");
        String endpoint = patient.value("AWS_S3_ENDPOINT_URL");
        chart.found(
                check,
                String.valueOf(failure.getMessage()),
                "bucket",
                patient.value(Setting.AWS_S3_BUCKET),
                "endpoint",
                endpoint.isEmpty() ? "https://s3." + region + ".amazonaws.com" : endpoint,
                "actions",
                ACTIONS,
                "region",
                // Of a bucket that is elsewhere, nobody says where.
                check.equals("storage-region") ? "…" : region,
                "location",
                location(region));
    }

    /** Without it a bucket is made in us-east-1, which is refused where anything else is asked for, and with it there. */
    private static String location(String region) {
        return region.equals(EVERYWHERE) ? "" : " --create-bucket-configuration LocationConstraint=" + region;
    }

    /** Do the objects belong to the rows? */
    private void belonging(Chart chart, ObjectStore objects) {
        String url = patient.value(Setting.DATABASE_URL);
        if (url.isEmpty()) {
            chart.passOver("nothing runs here", BELONGING);
            return;
        }
        try (Connection connection = Jdbc.of(url).connect()) {
            List<String> ids = Jdbc.all(connection, "SELECT id::text FROM installation", row -> row.getString("id"));
            StoreMark.of(objects)
                    .filter(mark -> !ids.contains(mark))
                    .ifPresent(mark -> chart.found(
                            OTHERS,
                            "the objects bear " + mark + ", and the database "
                                    + (ids.isEmpty() ? "has no id yet" : "is " + ids.getFirst())));
            missing(chart, connection, objects);
        } catch (SQLException failure) {
            chart.passOver("the database does not say it; see the checks of the database", BELONGING);
        }
    }

    private static void missing(Chart chart, Connection connection, ObjectStore objects) throws SQLException {
        List<String> named = newest(connection);
        List<String> missing = named.stream()
                .filter(key -> objects.find(new ObjectKey(key)).isEmpty())
                .toList();
        // What is just being deleted goes with its row.
        if (!missing.isEmpty() && newest(connection).containsAll(missing)) {
            chart.found(MISSING, missing.size() + " of the newest " + named.size() + ", such as " + missing.getFirst());
        }
    }

    private static List<String> newest(Connection connection) throws SQLException {
        return Jdbc.all(connection, NEWEST, row -> row.getString("key"));
    }

    private void folder(Chart chart, Path folder) {
        try {
            // The first start makes it.
            if (Files.exists(folder)) {
                Files.delete(Files.createTempFile(folder, ".doctor-", null));
            }
            belonging(chart, new FolderObjectStore(folder));
        } catch (IOException notWritable) {
            chart.found(
                    "storage-folder",
                    folder + " cannot be written"
                            + (notWritable instanceof AccessDeniedException
                                    ? " by " + System.getProperty("user.name")
                                    : ", as if it were no folder, or its disk were full or read-only"),
                    "folder",
                    folder.toString(),
                    "user",
                    System.getProperty("user.name"));
            chart.passOver("see storage-folder", BELONGING);
        }
    }

    static S3Properties properties(Patient patient) {
        Map<String, String> values = new HashMap<>();
        values.put("tldr.s3.bucket", patient.value(Setting.AWS_S3_BUCKET));
        values.put("tldr.s3.region", patient.value("AWS_REGION"));
        values.put("tldr.s3.access-key-id", patient.value(Setting.AWS_ACCESS_KEY_ID));
        values.put("tldr.s3.secret-access-key", patient.value(Setting.AWS_SECRET_ACCESS_KEY));
        values.put("tldr.s3.session-token", patient.value("AWS_SESSION_TOKEN"));
        values.put("tldr.s3.endpoint-url", patient.value("AWS_S3_ENDPOINT_URL"));
        patient.settings().get("AWS_S3_PATH_STYLE").ifPresent(style -> values.put("tldr.s3.path-style", style));
        return Patient.bound("tldr.s3", S3Properties.class, values);
    }
}
