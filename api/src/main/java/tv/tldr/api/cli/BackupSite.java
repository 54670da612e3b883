package tv.tldr.api.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import tv.tldr.activities.StorageFailure;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.storage.FolderObjectStore;
import tv.tldr.activities.storage.ObjectKey;
import tv.tldr.activities.storage.S3ObjectStore;
import tv.tldr.activities.storage.S3Properties;
import tv.tldr.activities.store.DerivedKey;
import tv.tldr.activities.store.backup.BackupPlace;
import tv.tldr.api.JdbcUrl;
import tv.tldr.api.embedded.FileTree;
import tv.tldr.api.embedded.Setting;

/** Where does a backup lie, and with what is it made: a place by its name, a connection, room for what is on its way. */
final class BackupSite {
    private static final String S3 = "s3://";
    private static final int MARK = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private BackupSite() {}

    /** @param name a folder, or {@code s3://bucket/prefix}, which is opened with the AWS settings */
    static BackupPlace place(Installation installation, Path folder, String name) {
        if (!name.startsWith(S3)) {
            return new BackupPlace(new FolderObjectStore(folder.resolve(name)), "");
        }
        URI bucket;
        try {
            bucket = new URI(name);
        } catch (URISyntaxException e) {
            throw new Failure(
                    name + " names no bucket: it is s3://bucket/prefix, of letters, digits, dots and dashes.", e);
        }
        String prefix = bucket.getPath() == null ? "" : bucket.getPath().replaceAll("^/+|/+$", "");
        if (bucket.getHost() == null) {
            throw new Failure(name + " names no bucket: it is s3://bucket/prefix.");
        }
        if (!prefix.isEmpty()) {
            prefix = new ObjectKey(prefix).value();
        }
        S3Properties known = installation.part(S3Properties.class);
        S3ObjectStore store = new S3ObjectStore(new S3Properties(
                bucket.getHost(),
                known.region(),
                known.accessKeyId(),
                known.secretAccessKey(),
                known.sessionToken(),
                known.endpointUrl(),
                known.pathStyle(),
                known.encryption(),
                known.kmsKeyId()));
        installation.beforeEnd(store::close);
        requireBucket(store, bucket.getHost());
        return new BackupPlace(store, prefix);
    }

    /** Told by its name: the store itself speaks of that of AWS_S3_BUCKET. */
    private static void requireBucket(S3ObjectStore store, String name) {
        try {
            store.check(PATIENCE);
        } catch (StorageFailure failure) {
            if (failure.reason() == StorageFailure.Reason.MISSING_BUCKET) {
                throw new Failure("There is no bucket " + name + ": make it, or name another one.", failure);
            }
            throw failure;
        }
    }

    /** Which backup is the next to be tried, if there is one: the end of what is said of one that is damaged. */
    static String before(BackupPlace place, String name) {
        return place.names().stream()
                .filter(other -> other.compareTo(name) < 0)
                .reduce((older, newer) -> newer)
                .map(other -> " The one before it: --at " + other + ".")
                .orElse("");
    }

    /** A folder for what is on its way, on the disk that it goes to where that is one of ours; gone in the end. */
    static Path scratch(Installation installation, Path folder, String name) {
        return name.startsWith(S3) ? temporary(installation) : temporary(installation, folder.resolve(name));
    }

    /** The same where it goes to no disk of ours. */
    static Path temporary(Installation installation) {
        return temporary(
                installation,
                installation.part(MediaProperties.class).scratchFolder().toAbsolutePath());
    }

    private static Path temporary(Installation installation, Path parent) {
        Path scratch;
        try {
            Files.createDirectories(parent);
            scratch = Files.createTempDirectory(parent, ".on-its-way-");
        } catch (IOException e) {
            throw new Failure("Nothing can be written to " + parent + ": " + e + ".", e);
        }
        installation.beforeEnd(() -> {
            try {
                FileTree.delete(scratch);
            } catch (IOException left) {
                throw new Failure(scratch + " is left over.", left);
            }
        });
        return scratch;
    }

    static Connection connect(Installation installation) {
        JdbcUrl address = JdbcUrl.of(installation.databaseUrl());
        try {
            Connection connection = address.connect(
                    Map.of("connectTimeout", "10", "tcpKeepAlive", "true", "ApplicationName", "tldr db"));
            installation.beforeEnd(() -> close(connection));
            return connection;
        } catch (SQLException e) {
            throw new Failure(address.told(e) + " (./tldr doctor says what to do)", e);
        }
    }

    /** Tells a {@code SECRET_KEY} from another one, and nothing else about it. */
    static String mark(Installation installation) {
        byte[] key = DerivedKey.of(installation.settings().getOrDefault(Setting.SECRET_KEY, ""), "mark of a backup");
        return HexFormat.of().formatHex(key, 0, MARK);
    }

    /** How many bytes, for a person. */
    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new Failure("The connection to the database could not be closed.", e);
        }
    }
}
