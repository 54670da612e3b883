package tv.tldr.activities.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import tv.tldr.workflows.account.Role;

/**
 * Which rows does a list want? Only the filters that were asked for stand in the statement, so that the planner sees what
 * an index can serve. The conditions are texts of this package, never a caller's.
 */
final class Conditions {
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-z_]+)");

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    Conditions(String condition, Object... values) {
        and(condition, values);
    }

    /** One more that must hold, with a value for each of its parameters in their order. */
    Conditions and(String condition, Object... parameters) {
        Matcher matcher = PARAMETER.matcher(condition);
        for (Object value : parameters) {
            if (!matcher.find() || values.put(matcher.group(1), value) != null) {
                throw new IllegalArgumentException("no parameter of its own for a value in: " + condition);
            }
        }
        conditions.add(condition);
        return this;
    }

    /** What a column of yes and no must say; null does not bind. */
    Conditions is(String column, @Nullable Boolean wanted) {
        return wanted == null ? this : and(wanted ? column : "NOT " + column);
    }

    /** Of rows that were made in a time; null does not bind. */
    Conditions madeWithin(@Nullable Instant from, @Nullable Instant until) {
        if (from != null) {
            and("created_at >= :after", from);
        }
        return until == null ? this : and("created_at < :before", until);
    }

    /** Of rows that were made after a moment and before another one; null does not bind. */
    Conditions madeBetween(@Nullable Instant after, @Nullable Instant before) {
        if (after != null) {
            and("created_at > :created_after", after);
        }
        return before == null ? this : and("created_at < :created_before", before);
    }

    /** Of a list that has the newest first by id: what comes behind the row where the page before ended. */
    Conditions behind(@Nullable Cursor cursor) {
        return cursor == null ? this : and("id < :id", cursor.id());
    }

    /** Of somebody in one of these roles; an empty list does not bind. */
    Conditions in(List<Role> roles) {
        return roles.isEmpty()
                ? this
                : and("role = ANY(:roles)", (Object)
                        roles.stream().map(MemberStore::text).toArray(String[]::new));
    }

    /** Of a list by time: the same. */
    Conditions behind(ByTime page) {
        return behind(page, "created_at", "id");
    }

    Conditions behind(ByTime page, String time, String id) {
        Cursor cursor = page.after();
        if (cursor == null) {
            return this;
        }
        String further = page.oldestFirst() ? ">" : "<";
        return and("(%s, %s) %s (:created_at, :id)".formatted(time, id, further), cursor.instant(), cursor.id());
    }

    GenericExecuteSpec bindTo(GenericExecuteSpec statement) {
        return statement.bindValues(values);
    }

    @Override
    public String toString() {
        return String.join(" AND ", conditions);
    }
}
