package tv.tldr.api.webhooks;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tv.tldr.activities.delivery.WebhookAddresses;
import tv.tldr.activities.egress.ForbiddenAddressException;
import tv.tldr.activities.egress.Opened;
import tv.tldr.activities.egress.Refusals;
import tv.tldr.activities.store.EndpointRow;
import tv.tldr.activities.store.NewEndpoint;
import tv.tldr.api.http.Fields;
import tv.tldr.workflows.event.EventPattern;

/** What is an endpoint to be like? Read from a request, whole and without fault. */
@Component
final class WebhookReader {
    private static final int LONGEST_URL = 2048;
    private static final int LONGEST_DESCRIPTION = 500;
    private static final int MOST_EVENTS = 30;
    private static final int LONGEST_EVENT = 64;
    private static final int MOST_HEADERS = 20;
    private static final int LONGEST_VALUE = 1024;
    private static final int MOST_RETRIES = 100;
    private static final int LONGEST_FIRST_GAP = 3600;
    private static final int LONGEST_GAP = 86_400;
    private static final String HEADERS = "custom_headers";
    private static final String POLICY = "retry_policy";

    private final WebhookAddresses addresses;

    WebhookReader(WebhookAddresses addresses) {
        this.addresses = addresses;
    }

    /** What {@code body} makes of {@code current}: fields that are left out stay. */
    NewEndpoint edit(EndpointRow current, Fields body) {
        return read(body.over(json(current), POLICY), body.names().contains(HEADERS));
    }

    NewEndpoint read(Fields body) {
        return read(body, true);
    }

    private NewEndpoint read(Fields body, boolean withHeaders) {
        String url = body.requiredText("url", LONGEST_URL);
        if (body.isSound("url")) {
            try {
                addresses.check(url);
            } catch (ForbiddenAddressException e) {
                Refusals.count(Opened.REQUEST);
                body.refuse("url", "is refused: " + e.getMessage());
            }
        }
        String description = body.text("description", LONGEST_DESCRIPTION).orElse("");
        List<String> events = events(body);
        Map<String, String> headers = headers(body.objectOrEmpty(HEADERS));
        NewEndpoint.Retries retries = retries(body.objectOrEmpty(POLICY));
        boolean enabled = body.flag("enabled", true);
        body.finish();
        return new NewEndpoint(
                url, description, events, withHeaders ? Optional.of(headers) : Optional.empty(), retries, enabled);
    }

    private static List<String> events(Fields body) {
        Optional<List<String>> given = body.texts("events", MOST_EVENTS, LONGEST_EVENT);
        if (given.isEmpty()) {
            return List.of("*");
        }
        List<String> patterns = given.get();
        if (patterns.isEmpty() && body.isSound("events")) {
            body.refuse("events", "must hold at least one; \"*\" is all");
        }
        for (int i = 0; i < patterns.size(); i++) {
            if (!new EventPattern(patterns.get(i)).wantsAnything()) {
                body.refuse(
                        "events[" + i + "]", "is the name of no event; such as stream.completed, highlight.* or * are");
            }
        }
        return List.copyOf(new LinkedHashSet<>(patterns));
    }

    private static Map<String, String> headers(Fields given) {
        Map<String, String> headers = new LinkedHashMap<>();
        Set<String> seen = new TreeSet<>();
        for (String name : given.names()) {
            String value = given.text(name, LONGEST_VALUE).orElse("");
            HeaderRules.fault(name, value).ifPresent(fault -> given.refuse(name, fault));
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                given.refuse(name, "is there twice");
            }
            if (seen.size() == MOST_HEADERS + 1) {
                given.refuse(name, "is one too many: there may be " + MOST_HEADERS);
            }
            headers.put(name, value);
        }
        return headers;
    }

    private static NewEndpoint.Retries retries(Fields given) {
        Optional<Integer> first = given.integer("first_gap", 1, LONGEST_FIRST_GAP);
        Optional<Integer> longest = given.integer("longest_gap", 1, LONGEST_GAP);
        if (first.isPresent() && longest.isPresent() && longest.get() < first.get()) {
            given.refuse("longest_gap", "must not be shorter than first_gap");
        }
        return new NewEndpoint.Retries(
                given.integer("max_retries", 0, MOST_RETRIES).orElse(null), first.orElse(null), longest.orElse(null));
    }

    private static ObjectNode json(EndpointRow row) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("url", row.url()).put("description", row.description()).put("enabled", row.enabled());
        ArrayNode events = json.putArray("events");
        row.events().forEach(events::add);
        json.putObject(POLICY)
                .put("max_retries", row.retries().most())
                .put("first_gap", row.retries().first())
                .put("longest_gap", row.retries().longest());
        return json;
    }
}
