package tv.tldr.activities.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** What does the end of a batch tell its reader? The public body, in the words of the API. */
final class BatchEvents {
    private BatchEvents() {}

    static Map<String, Object> completed(BatchRow batch) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("completed", batch.counts().completed());
        counts.put("failed", batch.counts().failed());
        counts.put("stopped", batch.counts().stopped());
        counts.put("deleted", batch.counts().deleted());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("batch_id", batch.ref().batchId().toString());
        body.put("status", batch.status());
        body.put("total", batch.counts().total());
        body.put("counts", counts);
        body.put("created_at", batch.createdAt().toString());
        body.put("completed_at", String.valueOf(batch.completedAt()));
        return body;
    }
}
