package tv.tldr.activities.egress;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes what everything that opens strangers' URLs asks for their addresses. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EgressProperties.class)
public class EgressConfiguration {
    @Bean
    MeterBinder refusalCounts() {
        return Refusals::begin;
    }

    @Bean
    HostNames hostNames(EgressProperties properties) {
        return new HostNames(properties);
    }
}
