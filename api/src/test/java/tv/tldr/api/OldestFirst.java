package tv.tldr.api;

import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpMethod;
import tv.tldr.workflows.TypeId;

/** A list by time alone, and how a row of it is written. */
enum OldestFirst {
    API_KEYS("/api/v1/auth/api-keys", "key", """
            INSERT INTO api_keys (organization_id, id, name, key_hash, preview, scopes, created_at)
            VALUES ('%1$s', '%2$s', 'one of many', sha256('%2$s'), '…', '{}', %3$s)
            """),
    BATCHES("/api/v1/batches", "batch", """
            INSERT INTO batches (organization_id, id, status, parallel_limit, created_at, completed_at)
            VALUES ('%1$s', '%2$s', 'completed', 1, %3$s, now())
            """),
    WEBHOOKS("/api/v1/webhooks", "whk", """
            INSERT INTO webhook_endpoints (organization_id, id, url, events, created_at)
            VALUES ('%1$s', '%2$s', 'https://hooks.example.com/tldr', '{batch.*}', %3$s)
            """),
    INVITATIONS("/api/v1/organizations/{org}/invitations", "inv", """
            INSERT INTO invitations (organization_id, id, email, role, token_hash, expires_at, created_at)
            VALUES ('%1$s', '%2$s', '%2$s@example.com', 'viewer', sha256('%2$s'), now() + interval '1 day', %3$s)
            """),
    MEMBERS("/api/v1/organizations/{org}/members", "usr", """
            WITH person AS (
                INSERT INTO users (id, email, name, password_hash) VALUES ('%2$s', '%2$s@example.com', 'Ada', 'none')
            )
            INSERT INTO memberships (organization_id, user_id, role, created_at) VALUES ('%1$s', '%2$s', 'viewer', %3$s)
            """),
    ORGANIZATIONS("/api/v1/organizations", "org", """
            WITH other AS (
                INSERT INTO organizations (id, name, plan, created_at) VALUES ('%2$s', 'Other', 'starter', %3$s)
            )
            INSERT INTO memberships (organization_id, user_id, role, created_at) VALUES ('%2$s', '%4$s', 'viewer', %3$s)
            """),
    DIMENSION_SETS("/api/v1/dimension-sets?preset=false", "dset", """
            INSERT INTO dimension_sets (organization_id, id, version, name, definition, is_current, created_at)
            SELECT '%1$s', '%2$s', 1, name, replace(definition::text, definition ->> 'id', '%5$s')::json, true, %3$s
            FROM dimension_sets WHERE organization_id = '%1$s' LIMIT 1
            """),
    HIGHLIGHT_TYPES("/api/v1/highlight-types?preset=false", "dset", DIMENSION_SETS.insertion);

    private final String path;
    private final String prefix;
    private final String insertion;

    OldestFirst(String path, String prefix, String insertion) {
        this.path = path;
        this.prefix = prefix;
        this.insertion = insertion;
    }

    /** From the oldest on; ready for a further parameter. */
    String path(Person person) {
        return this == BATCHES ? path(person, "asc") : start(person);
    }

    /** In an order that is asked for; all have two but the types of all sets. */
    String path(Person person, String order) {
        return start(person) + "order=" + order + "&";
    }

    private String start(Person person) {
        String whole = path.replace("{org}", person.organization().toString());
        return whole + (whole.contains("?") ? "&" : "?");
    }

    /** What names a row of the list. */
    String id() {
        return switch (this) {
            case MEMBERS -> "/user_id";
            case HIGHLIGHT_TYPES -> "/dimension_set_id";
            case API_KEYS, BATCHES, WEBHOOKS, INVITATIONS, ORGANIZATIONS, DIMENSION_SETS -> "/id";
        };
    }

    String wire(UUID id) {
        return TypeId.format(prefix, id);
    }

    /** @param at when it is made, in SQL */
    String insertion(Person person, UUID id, String at) {
        return insertion.formatted(
                person.organization().uuid(), id, at, person.id().uuid(), wire(id));
    }

    /** What the rows are copies of, where they are. */
    void prepare(RunningApi api, Person person) {
        if (this == DIMENSION_SETS || this == HIGHLIGHT_TYPES) {
            new Things(api, person.caller(), Sample.completed(api, person.organization()))
                    .ids("/api/v1/dimension-sets/{set_id}");
        }
    }

    void delete(RunningApi api, Person person, UUID id) {
        if (this == ORGANIZATIONS) {
            sql(api, "DELETE FROM memberships WHERE organization_id = '%s'".formatted(id));
        } else if (this == BATCHES) {
            sql(api, "DELETE FROM batches WHERE id = '%s'".formatted(id));
        } else {
            String list = this == HIGHLIGHT_TYPES ? "/api/v1/dimension-sets?" : path(person);
            person.caller()
                    .send(HttpMethod.DELETE, list.replaceFirst("\\?.*", "/" + wire(id)), Map.of("If-Match", "*"), "");
        }
    }

    private static void sql(RunningApi api, String statement) {
        api.owner().sql(statement).then().block();
    }
}
