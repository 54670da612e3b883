package tv.tldr.activities.store.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.zip.GZIPInputStream;

/** Which objects belong to a backup? One a line, since there may be millions. */
final class ObjectList implements AutoCloseable {
    private static final int FETCH = 1000;

    private final OutputStream out;
    private final Gauge gauge;
    private long count;
    private long bytes;

    ObjectList(Path file) throws IOException {
        this.out = new FastGzip(Files.newOutputStream(file));
        this.gauge = new Gauge(out);
    }

    /** Writes down what the rows name; the connection is in a transaction, so that they come a few at a time. */
    static void name(Connection connection, Path file) throws IOException, SQLException {
        try (ObjectList list = new ObjectList(file);
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows = statement.executeQuery(Catalog.OBJECTS)) {
                while (rows.next()) {
                    list.add(new NamedObject(rows.getString(1), rows.getLong(2), rows.getString(3)));
                }
            }
        }
    }

    synchronized void add(NamedObject object) throws IOException {
        gauge.write(Text.line(object).getBytes(UTF_8));
        count++;
        bytes += object.size();
    }

    long count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /** Of the lines, once all are there. */
    String sha256() {
        return gauge.sha256();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Reads what was written; the caller closes {@code in}, which is not gzip's. */
    static Iterator<NamedObject> read(InputStream in) throws IOException {
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(in), UTF_8))
                .lines()
                .map(line -> Text.read(line, NamedObject.class))
                .iterator();
    }
}
