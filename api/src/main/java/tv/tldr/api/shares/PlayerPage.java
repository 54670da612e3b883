package tv.tldr.api.shares;

import java.util.Base64;
import org.springframework.web.util.HtmlUtils;
import tv.tldr.activities.storage.Sha256;

/** What does anybody see who follows a link? A player and nothing else: no script, nothing from elsewhere. */
final class PlayerPage {
    private static final String STYLE =
            "html,body{margin:0;height:100%;background:#000;color:#fff;font:14px sans-serif}"
                    + "body{display:flex;flex-direction:column}"
                    + "video{flex:1;min-height:0;width:100%}"
                    + "p{margin:0;padding:8px 12px}a{color:inherit;float:right}";

    /** Any site may show it in a frame: that is what it is for. */
    static final String POLICY = "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Sha256.of(STYLE).bytes())
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors *";

    private PlayerPage() {}

    /**
     * The page.
     *
     * @param clip where it is, seen from the page
     * @param thumbnail empty: there is none
     * @param download empty: nobody may take it along
     */
    static String of(String title, String clip, String thumbnail, String download) {
        String poster = thumbnail.isEmpty() ? "" : " poster=\"%s\"".formatted(HtmlUtils.htmlEscape(thumbnail));
        String link = download.isEmpty()
                ? ""
                : "<a href=\"%s\" download>Download</a>".formatted(HtmlUtils.htmlEscape(download));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <meta name="robots" content="noindex">
                <title>%1$s</title>
                <style>%2$s</style>
                </head>
                <body>
                <video controls playsinline preload="metadata"%3$s src="%4$s"></video>
                <p>%1$s%5$s</p>
                </body>
                </html>
                """.formatted(HtmlUtils.htmlEscape(title), STYLE, poster, HtmlUtils.htmlEscape(clip), link);
    }
}
