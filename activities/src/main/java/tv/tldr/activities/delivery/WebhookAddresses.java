package tv.tldr.activities.delivery;

import java.util.Locale;
import tv.tldr.activities.egress.AddressPolicy;
import tv.tldr.activities.egress.ForbiddenAddressException;
import tv.tldr.activities.egress.PublicUrl;

/**
 * May events be sent to this URL? Asked when it is given, so that a person sees the fault, and before each request; which
 * address a name stands for is judged when it is dialled.
 */
public final class WebhookAddresses {
    private final WebhookProperties properties;
    private final AddressPolicy policy;

    WebhookAddresses(WebhookProperties properties) {
        this.properties = properties;
        this.policy = properties.addresses();
    }

    AddressPolicy policy() {
        return policy;
    }

    /** @throws ForbiddenAddressException with what is wrong with it */
    public PublicUrl check(String text) {
        PublicUrl url = PublicUrl.parse(text);
        if (!properties.allowPrivateAddresses()) {
            if (!"https".equals(url.uri().getScheme().toLowerCase(Locale.ROOT))) {
                throw new ForbiddenAddressException("only https:// URLs are taken");
            }
            if (!properties.ports().contains(url.port())) {
                throw new ForbiddenAddressException("port " + url.port() + " is not one of "
                        + properties.ports().stream().sorted().toList());
            }
        }
        policy.judge(url);
        return url;
    }
}
