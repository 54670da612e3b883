package tv.tldr.api;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** Several programs in one process: each has event loops of its own, so that one that ends does not take those of the others. */
@Configuration(proxyBeanMethods = false)
class OwnConnections {
    @Bean
    ReactorResourceFactory reactorResourceFactory() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        return resources;
    }
}
