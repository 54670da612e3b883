package tv.tldr.api.security;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be asked without a key, and whom is believed?
 *
 * @param openOperations whether {@code /health/detailed} and {@code /metrics} answer anybody, else whoever runs the installation
 *     alone; they tell no secret and no address, but how busy and how well the service is
 * @param operationsToken what they answer to in any case, without a look into the database; empty: there is none
 * @param cacheTtl how long what was read about keys, sessions and roles is believed when no change of it is heard
 * @param trustedProxies blocks of addresses of proxies whose {@code X-Forwarded-For} is believed
 */
@ConfigurationProperties("tldr.security")
public record SecurityProperties(
        @DefaultValue("true") boolean openOperations,
        @DefaultValue("") String operationsToken,
        @DefaultValue("60s") Duration cacheTtl,
        @DefaultValue List<String> trustedProxies) {
    public SecurityProperties {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
