package tv.tldr.api.shares;

import org.jspecify.annotations.Nullable;

/**
 * How does another site show a highlight? In the words of oEmbed 1.0.
 *
 * @param html what is pasted into a page
 * @param url the page that the frame shows
 * @param shareId the link that it uses
 * @param duration seconds
 */
record EmbedResponse(
        String version,
        String type,
        String providerName,
        String providerUrl,
        @Nullable String title,
        String html,
        int width,
        int height,
        String url,
        String shareId,
        double duration) {}
