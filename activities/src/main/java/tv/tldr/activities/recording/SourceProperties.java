package tv.tldr.activities.recording;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import tv.tldr.activities.egress.AddressPolicy;

/**
 * Which sources are taken, and how patiently?
 *
 * @param localFiles whether {@code file:} URIs may be read: the embedded default and the command line only
 * @param allowPrivateAddresses whether URLs may lead into our own network: development and tests only
 * @param allowedAddresses ranges of private addresses that URLs may lead to all the same, such as {@code 10.7.0.0/16}
 * @param ports that URLs may name; private addresses allowed, any
 * @param maxDuration the longest recording
 * @param maxSize the largest recording
 * @param redirects how many are followed, each checked like the first URL
 * @param connectTimeout until a connection stands
 * @param responseTimeout until a server that was asked answers
 * @param idleTimeout a body that pauses for longer counts as broken
 * @param slowWindow over which the rate of a body is looked at
 * @param slowSize what must come within {@code slowWindow} at least
 * @param wholeTimeout a body that takes longer counts as endless
 * @param resumes how often a broken body is taken up again
 */
@ConfigurationProperties("tldr.sources")
public record SourceProperties(
        @DefaultValue("false") boolean localFiles,
        @DefaultValue("false") boolean allowPrivateAddresses,
        @DefaultValue List<String> allowedAddresses,
        @DefaultValue({"80", "443", "8080", "8443"}) Set<Integer> ports,
        @DefaultValue("12h") Duration maxDuration,
        @DefaultValue("64GB") DataSize maxSize,
        @DefaultValue("5") int redirects,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration responseTimeout,
        @DefaultValue("30s") Duration idleTimeout,
        @DefaultValue("60s") Duration slowWindow,
        @DefaultValue("256KB") DataSize slowSize,
        @DefaultValue("6h") Duration wholeTimeout,
        @DefaultValue("8") int resumes) {
    public SourceProperties {
        ports = Set.copyOf(ports);
        allowedAddresses = List.copyOf(allowedAddresses);
        AddressPolicy.excepting(false, allowedAddresses);
    }

    /** Which addresses may be dialled for a URL. */
    public AddressPolicy addresses() {
        return AddressPolicy.excepting(allowPrivateAddresses, allowedAddresses);
    }
}
