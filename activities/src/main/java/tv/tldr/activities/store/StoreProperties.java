package tv.tldr.activities.store;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the stores need besides the connection, which is {@code spring.r2dbc} and {@code spring.flyway}.
 *
 * @param secretKey peppers the hashes of API keys; changing it makes every key unknown; at least 32 characters
 */
@ConfigurationProperties("tldr.store")
public record StoreProperties(String secretKey) {}
