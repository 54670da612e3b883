-- What a stream cost is told beside what came of it, for those that have ended, too.
UPDATE streams
SET statistics = statistics || jsonb_build_object(
        'ai_requests', paid.requests, 'ai_tokens', paid.tokens, 'ai_cost_usd', paid.cost)
FROM (
    SELECT streams.organization_id, streams.id,
           count(model_calls.id) AS requests,
           coalesce(sum(text_tokens + video_tokens + audio_tokens + output_tokens), 0) AS tokens,
           coalesce(sum(cost_usd), 0) AS cost
    FROM streams
    LEFT JOIN model_calls
        ON model_calls.organization_id = streams.organization_id AND model_calls.stream_id = streams.id
    GROUP BY streams.organization_id, streams.id
) AS paid
WHERE paid.organization_id = streams.organization_id AND paid.id = streams.id AND streams.statistics IS NOT NULL;
