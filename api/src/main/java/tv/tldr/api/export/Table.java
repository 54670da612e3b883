package tv.tldr.api.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** Rows as comma-separated values (RFC 4180) that a spreadsheet opens without computing anything that somebody wrote. */
public final class Table {
    private static final String COMPUTED = "=+-@\t\r";
    private static final CsvMapper CSV = new CsvMapper();

    private final List<String> columns;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    public Table(List<String> columns) {
        this.columns = List.copyOf(columns);
    }

    /** One row: a value for each column, in their order. */
    public void add(Object... values) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), values[i] instanceof String text ? harmless(text) : values[i]);
        }
        rows.add(row);
    }

    /** With a line of names first. */
    public String text() {
        CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true).setLineSeparator("\r\n");
        columns.forEach(schema::addColumn);
        return CSV.writer(schema.build()).writeValueAsString(rows);
    }

    private static String harmless(String text) {
        return !text.isEmpty() && COMPUTED.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
