package tv.tldr.api.doctor;

import com.google.protobuf.util.Durations;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import tv.tldr.activities.storage.S3ObjectStore;
import tv.tldr.api.embedded.Setting;
import tv.tldr.workflows.stream.StreamAttributes;

/** What does the doctor mend by itself? Only what adds something that is missing, and takes nothing away. */
public record Remedies(Patient patient) {
    /** As {@code temporal-config/apply.sh} has it. */
    private static final int RETENTION_DAYS = 30;

    /**
     * Mends it, and returns what was done.
     *
     * @throws Exception when that cannot be done
     */
    public String mend(Finding finding) throws Exception {
        return switch (finding.check().id()) {
            case "settings-open" ->
                closed(Path.of(Objects.requireNonNull(finding.words().get("file"))));
            case "database-missing" -> databaseMade();
            case "database-behind" -> migrated();
            case "temporal-namespace" -> namespaceMade();
            case "temporal-attributes" -> attributesMade();
            case "storage-bucket" -> bucketMade();
            default -> throw new IllegalArgumentException(finding.check().id() + " is nothing that the doctor mends");
        };
    }

    private static String closed(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file + " is for its owner alone";
    }

    private String databaseMade() throws SQLException {
        Jdbc database = database();
        try (Connection connection = database.connectToServer();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database.database(), true));
        }
        return "the database " + database.database() + " is made; " + migrated();
    }

    private String migrated() {
        return database().flyway().migrate().migrationsExecuted + " migrations are applied";
    }

    private Jdbc database() {
        return Jdbc.of(patient.value(Setting.DATABASE_URL));
    }

    private String namespaceMade() {
        try (Temporal temporal = Temporal.of(patient)) {
            temporal.workflows()
                    .registerNamespace(RegisterNamespaceRequest.newBuilder()
                            .setNamespace(temporal.namespace())
                            .setWorkflowExecutionRetentionPeriod(Durations.fromDays(RETENTION_DAYS))
                            .build());
            return "the namespace " + temporal.namespace() + " is made";
        }
    }

    private String attributesMade() {
        try (Temporal temporal = Temporal.of(patient)) {
            AddSearchAttributesRequest.Builder request =
                    AddSearchAttributesRequest.newBuilder().setNamespace(temporal.namespace());
            StreamAttributes.ALL.forEach(key -> request.putSearchAttributes(key.getName(), key.getValueType()));
            temporal.operator().addSearchAttributes(request.build());
            return "the search attributes are made";
        }
    }

    private String bucketMade() {
        try (S3ObjectStore objects = new S3ObjectStore(StorageExaminer.properties(patient))) {
            objects.makeBucket();
            return "the bucket " + patient.value(Setting.AWS_S3_BUCKET) + " is made";
        }
    }
}
