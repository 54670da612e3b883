package tv.tldr.api.security;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be asked without a key?
 *
 * @param openOperations whether {@code /health/detailed} and {@code /metrics} answer anybody; they tell no secret and no
 *     address, but how busy and how well the service is
 * @param announceKey whether the first API key is printed at the first start; false when the starter of the process shows
 *     it by itself
 */
@ConfigurationProperties("tldr.security")
public record SecurityProperties(
        @DefaultValue("true") boolean openOperations,
        @DefaultValue("true") boolean announceKey) {}
