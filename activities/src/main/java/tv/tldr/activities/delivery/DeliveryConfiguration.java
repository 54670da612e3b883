package tv.tldr.activities.delivery;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tv.tldr.activities.egress.HostNames;

/** Makes the parts that deliver events. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookProperties.class)
public class DeliveryConfiguration {
    @Bean
    WebhookAddresses webhookAddresses(WebhookProperties properties) {
        return new WebhookAddresses(properties);
    }

    @Bean
    WebhookSender webhookSender(
            WebhookProperties properties, WebhookAddresses addresses, HostNames names, Clock clock) {
        return new WebhookSender(properties, addresses, names, clock);
    }

    @Bean
    EndpointSlots endpointSlots(WebhookProperties properties) {
        return new EndpointSlots(properties.slots());
    }
}
