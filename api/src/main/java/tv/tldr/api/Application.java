package tv.tldr.api;

import java.time.Clock;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * What is put together at the start: the API, and the activities that the workers run. Workflow classes are never beans;
 * {@code application.yml} names them.
 */
@SpringBootApplication(
        scanBasePackages = {"tv.tldr.api", "tv.tldr.activities"},
        proxyBeanMethods = false)
@ConfigurationPropertiesScan({"tv.tldr.api", "tv.tldr.activities"})
public class Application {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
