package tv.tldr.activities.store.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How are the pages of a backup written? As JSON in snake_case, one object a line where there are many. */
final class Text {
    private static final JsonMapper LINE = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final JsonMapper PAGE =
            LINE.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Text() {}

    static String line(Object value) {
        return write(LINE, value) + "\n";
    }

    static String page(Object value) {
        return write(PAGE, value) + "\n";
    }

    static <T> T read(String text, Class<T> type) {
        try {
            return LINE.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new DamagedBackupException("A page of the backup cannot be read: " + e.getOriginalMessage());
        }
    }

    private static String write(JsonMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
