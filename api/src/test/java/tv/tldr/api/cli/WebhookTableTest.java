package tv.tldr.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookTableTest {
    @Test
    void whatIsTriedAgainSaysWhyAndWhen() {
        assertThat(rows("""
                [{"id": "del_1", "event_type": "stream.completed", "status": "retrying", "reason": null, "attempt_count": 2,
                  "last_status_code": 500, "next_attempt_at": "2026-12-01T10:00:00Z",
                  "attempts": [{"number": 1, "error": "no answer within 30 s"}, {"number": 2, "error": "answered 500"}]}]"""))
                .last()
                .asString()
                .contains("retrying", "answered 500; again at 2026-12-01T10:00:00Z")
                .doesNotContain("no answer");
    }

    @Test
    void whatWasGivenUpSaysWhyAndWhatArrivedSaysNothing() {
        List<String> rows = rows("""
                [{"status": "failed", "reason": "its endpoint is disabled", "attempts": []},
                 {"status": "delivered", "reason": null, "attempts": [{"error": "answered 500"}, {"error": null}]}]""");

        assertThat(rows.get(1)).endsWith("its endpoint is disabled");
        assertThat(rows.get(2)).doesNotContain("answered");
    }

    private static List<String> rows(String deliveries) {
        JsonNode page = JsonMapper.shared().readTree(deliveries);
        return WebhookTable.deliveries(page);
    }
}
