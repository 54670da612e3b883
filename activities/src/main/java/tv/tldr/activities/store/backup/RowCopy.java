package tv.tldr.activities.store.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** How do the rows of a table become text, and text the rows of a table? By PostgreSQL's own {@code COPY}. */
final class RowCopy {
    private static final int BLOCK = 256 << 10;

    private RowCopy() {}

    /** The same rows make the same text, whatever the connection was told before. */
    static void prepare(Catalog catalog) throws SQLException {
        for (String setting : List.of(
                "statement_timeout = 0",
                "synchronize_seqscans = off",
                "datestyle = 'ISO, YMD'",
                "intervalstyle = 'postgres'",
                "timezone = 'UTC'",
                "bytea_output = 'hex'",
                "extra_float_digits = 1",
                "client_encoding = 'UTF8'")) {
            catalog.run("SET LOCAL " + setting);
        }
    }

    /** The text goes to {@code out}, which stays open. */
    static Manifest.Table out(PGConnection connection, String table, List<String> columns, OutputStream out)
            throws IOException, SQLException {
        Gauge gauge = new Gauge(out);
        // The driver hands out row by row: too little at a time for hashing and packing.
        BufferedOutputStream rowByRow = new BufferedOutputStream(gauge, BLOCK);
        long rows = connection.getCopyAPI().copyOut("COPY " + place(table, columns) + " TO STDOUT", rowByRow);
        rowByRow.flush();
        return new Manifest.Table(table, columns, rows, gauge.bytes(), gauge.sha256());
    }

    static long in(PGConnection connection, Manifest.Table table, InputStream text) throws IOException, SQLException {
        return connection
                .getCopyAPI()
                .copyIn("COPY " + place(table.name(), table.columns()) + " FROM STDIN", text, BLOCK);
    }

    private static String place(String table, List<String> columns) {
        return Catalog.quoted(table)
                + columns.stream().map(Catalog::quoted).collect(Collectors.joining(", ", " (", ")"));
    }
}
