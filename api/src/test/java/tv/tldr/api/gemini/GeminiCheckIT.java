package tv.tldr.api.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.api.ops.CheckResult;
import tv.tldr.api.ops.Health;

class GeminiCheckIT {
    private static final String KEY = "AIzaSyKey-of-the-check";
    private static final String MODEL = "gemini-3.8-flash";

    private GeminiStandIn model;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        model = new GeminiStandIn(
                new Settings(KEY, List.of(MODEL), 10, 0), 0, folder, TestMedia.FFMPEG, Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void aGoodKeyAndAKnownModelAreWell() {
        assertThat(checked(KEY, MODEL).status()).isEqualTo(Health.UP);
    }

    @Test
    void aRefusedKeyIsDownAndTheHintNamesTheSetting() {
        CheckResult refused = checked("AIzaSyCanary-that-nobody-knows", MODEL);

        assertThat(refused.status()).isEqualTo(Health.DOWN);
        assertThat(refused.hint()).contains("GEMINI_API_KEY");
        assertThat(refused.toString()).doesNotContain("AIzaSyCanary");
    }

    @Test
    void anUnknownModelIsDownAndTheHintNamesTheSetting() {
        CheckResult unknown = checked(KEY, "gemini-of-tomorrow");

        assertThat(unknown.status()).isEqualTo(Health.DOWN);
        assertThat(unknown.hint()).contains("GEMINI_MODEL");
    }

    @Test
    void aModelThatIsAwayIsDownAndTheHintTellsWhatBecomesOfStreams() {
        model.close();

        CheckResult away = checked(KEY, MODEL);

        assertThat(away.status()).isEqualTo(Health.DOWN);
        assertThat(away.hint()).contains("rules answer in its place");
        assertThat(away.toString()).doesNotContain("127.0.0.1");
    }

    @Test
    void withoutAKeyNobodyIsAsked() {
        CheckResult none = check(Map.of());

        assertThat(none.status()).isEqualTo(Health.UP);
        assertThat(none.detail()).contains("rules alone score");
    }

    private CheckResult checked(String key, String name) {
        Map<String, String> settings =
                Map.of("tldr.gemini.api-key", key, "tldr.gemini.base-url", model.url(), "tldr.gemini.model", name);
        GeminiProperties properties = new Binder(new MapConfigurationPropertySource(settings))
                .bind("tldr.gemini", GeminiProperties.class)
                .get();
        try (GeminiGateway gateway = new GeminiGateway(properties, Clock.systemUTC())) {
            return check(Map.of("gateway", gateway));
        }
    }

    private static CheckResult check(Map<String, Object> beans) {
        return Objects.requireNonNull(
                new GeminiCheck(new StaticListableBeanFactory(beans).getBeanProvider(GeminiGateway.class))
                        .check()
                        .block());
    }
}
