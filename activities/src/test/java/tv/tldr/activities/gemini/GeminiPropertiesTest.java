package tv.tldr.activities.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class GeminiPropertiesTest {
    @Test
    void withoutSettingsThereIsNoModelToAskAndNoBudget() {
        GeminiProperties defaults = bind(Map.of());

        assertThat(defaults.isConfigured()).isFalse();
        assertThat(defaults.model()).isEqualTo("gemini-3.8-flash");
        assertThat(defaults.inlineLimit()).isEqualTo(DataSize.ofMegabytes(8));
        assertThat(defaults.budget()).isEqualTo(Budget.UNLIMITED);
        assertThat(defaults.priceTable()).isEqualTo(PriceTable.PUBLISHED);
    }

    @Test
    void aBlankKeyIsNone() {
        assertThat(bind(Map.of("tldr.gemini.api-key", " ")).isConfigured()).isFalse();
    }

    @Test
    void everySettingIsRead() {
        GeminiProperties all = bind(Map.ofEntries(
                Map.entry("tldr.gemini.api-key", "secret"),
                Map.entry("tldr.gemini.base-url", "http://127.0.0.1:8090"),
                Map.entry("tldr.gemini.model", "gemini-4-argon"),
                Map.entry("tldr.gemini.thinking-level", "high"),
                Map.entry("tldr.gemini.request-timeout", "30s"),
                Map.entry("tldr.gemini.max-retries", "3"),
                Map.entry("tldr.gemini.retry-delay", "2s"),
                Map.entry("tldr.gemini.processing-patience", "40s"),
                Map.entry("tldr.gemini.poll-interval", "50ms"),
                Map.entry("tldr.gemini.heartbeat-interval", "60ms"),
                Map.entry("tldr.gemini.inline-limit", "1MB"),
                Map.entry("tldr.gemini.max-output-tokens", "1000"),
                Map.entry("tldr.gemini.requests-per-minute", "30"),
                Map.entry("tldr.gemini.requests-per-day", "250"),
                Map.entry("tldr.gemini.stream-budget", "0.5"),
                Map.entry("tldr.gemini.organization-day-budget", "5"),
                Map.entry("tldr.gemini.day-budget", "50"),
                Map.entry("tldr.gemini.prices[0].model", "gemini-4-argon"),
                Map.entry("tldr.gemini.prices[0].from", "2026-12-01"),
                Map.entry("tldr.gemini.prices[0].text", "1"),
                Map.entry("tldr.gemini.prices[0].video", "2"),
                Map.entry("tldr.gemini.prices[0].audio", "3"),
                Map.entry("tldr.gemini.prices[0].output", "4")));

        assertThat(all)
                .isEqualTo(new GeminiProperties(
                        new GeminiKey("secret"),
                        "http://127.0.0.1:8090",
                        "gemini-4-argon",
                        "high",
                        Duration.ofSeconds(30),
                        3,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(40),
                        Duration.ofMillis(50),
                        Duration.ofMillis(60),
                        DataSize.ofMegabytes(1),
                        1000,
                        30,
                        250,
                        new BigDecimal("0.5"),
                        new BigDecimal("5"),
                        new BigDecimal("50"),
                        List.of(new Price(
                                "gemini-4-argon",
                                LocalDate.of(2026, 12, 1),
                                new BigDecimal("1"),
                                new BigDecimal("2"),
                                new BigDecimal("3"),
                                new BigDecimal("4")))));
        assertThat(all.budget()).isEqualTo(new Budget(Cost.of("0.5"), Cost.of("5"), Cost.of("50"), 250, 30));
    }

    @Test
    void whatGoogleWouldNotTakeWithARequestIsUploaded() {
        assertThat(bind(Map.of("tldr.gemini.inline-limit", "1KB")).inlineLimit())
                .isEqualTo(DataSize.ofKilobytes(1));
        assertThat(bind(Map.of("tldr.gemini.inline-limit", "1GB")).inlineLimit())
                .isEqualTo(DataSize.ofMegabytes(14));
    }

    @Test
    void theKeyIsNotShown() {
        GeminiProperties properties = bind(Map.of("tldr.gemini.api-key", "secret"));

        assertThat(properties.toString()).doesNotContain("secret");
        assertThat(Objects.requireNonNull(properties.apiKey()).toString()).doesNotContain("secret");
    }

    private static GeminiProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("tldr.gemini", GeminiProperties.class);
    }
}
