package tv.tldr.api;

import java.util.List;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * To whom are traces told? To the collector that {@code OTEL_EXPORTER_OTLP_ENDPOINT} names; without one nothing of it is there, in the
 * API as in the workers.
 */
public final class TraceExport implements EnvironmentPostProcessor, Ordered {
    static final String SETTING = "tldr.tracing.endpoint";
    private static final String PATH = "/v1/traces";
    private static final List<String> PARTS = List.of(
            "org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
            "io.temporal.spring.boot.autoconfigure.OpenTracingAutoConfiguration");

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String collector = environment.getProperty(SETTING, "");
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(SETTING, collector.isEmpty() ? without() : with(collector)));
    }

    private static Map<String, Object> without() {
        return Map.of("spring.autoconfigure.exclude", String.join(",", PARTS));
    }

    private static Map<String, Object> with(String collector) {
        String address = collector.endsWith("/") ? collector.substring(0, collector.length() - 1) : collector;
        return Map.of(
                "management.opentelemetry.tracing.export.otlp.endpoint",
                address.endsWith(PATH) ? address : address + PATH,
                // A request goes on on other threads: its trace goes with it.
                "spring.reactor.context-propagation",
                "auto");
    }
}
