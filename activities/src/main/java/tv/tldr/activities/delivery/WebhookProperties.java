package tv.tldr.activities.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tv.tldr.activities.egress.AddressPolicy;
import tv.tldr.workflows.event.RetrySchedule;

/**
 * How patiently are events delivered, and where to?
 *
 * @param timeout for the whole of a request and its answer
 * @param maxRetries after the first attempt
 * @param firstRetry until the second attempt; each further gap is four times as long
 * @param longestGap no gap is longer
 * @param secretKey signs what goes to the URLs of a single stream; empty: there are none
 * @param allowPrivateAddresses whether URLs may lead into our own network, to any port and without TLS: development and tests only
 * @param allowedAddresses ranges of private addresses that URLs may lead to all the same, such as {@code 10.7.0.0/16}
 * @param ports that URLs may name
 * @param slots requests to one endpoint at the same time
 */
@ConfigurationProperties("tldr.webhooks")
public record WebhookProperties(
        @DefaultValue("30s") Duration timeout,
        @DefaultValue("12") int maxRetries,
        @DefaultValue("1s") Duration firstRetry,
        @DefaultValue("24h") Duration longestGap,
        @DefaultValue("") String secretKey,
        @DefaultValue("false") boolean allowPrivateAddresses,
        @DefaultValue List<String> allowedAddresses,
        @DefaultValue({"443", "8443"}) Set<Integer> ports,
        @DefaultValue("8") int slots) {
    public WebhookProperties {
        ports = Set.copyOf(ports);
        allowedAddresses = List.copyOf(allowedAddresses);
        AddressPolicy.excepting(false, allowedAddresses);
    }

    /** Which addresses may be dialled for a URL. */
    public AddressPolicy addresses() {
        return AddressPolicy.excepting(allowPrivateAddresses, allowedAddresses);
    }

    /** Unless an endpoint has its own. */
    public RetrySchedule schedule() {
        return new RetrySchedule(firstRetry, longestGap, maxRetries);
    }

    /** Never with its secret. */
    @Override
    public String toString() {
        return "webhooks within " + timeout + ", " + schedule();
    }
}
