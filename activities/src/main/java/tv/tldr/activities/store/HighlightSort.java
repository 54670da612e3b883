package tv.tldr.activities.store;

/**
 * In which order are highlights listed?
 *
 * @param ascending whether the smallest or earliest comes first
 */
public record HighlightSort(Key key, boolean ascending) {
    /** By what; ids part what is equal. */
    public enum Key {
        CONFIDENCE("confidence_score"),
        START_TIME("start_time"),
        CREATED_AT("created_at");

        private final String column;

        Key(String column) {
            this.column = column;
        }
    }

    boolean isFromTheOldest() {
        return key == Key.CREATED_AT && ascending;
    }

    String column() {
        return key.column;
    }

    String direction() {
        return ascending ? "ASC" : "DESC";
    }

    String comparison() {
        return ascending ? ">" : "<";
    }

    Cursor position(HighlightRow row) {
        String text =
                switch (key) {
                    case CONFIDENCE -> Double.toString(row.confidence());
                    case START_TIME -> Double.toString(row.range().start());
                    case CREATED_AT -> row.createdAt().toString();
                };
        return new Cursor(text, row.id().uuid());
    }

    Object value(Cursor cursor) {
        return switch (key) {
            case CONFIDENCE, START_TIME -> cursor.number();
            case CREATED_AT -> cursor.instant();
        };
    }
}
