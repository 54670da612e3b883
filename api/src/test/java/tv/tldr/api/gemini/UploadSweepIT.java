package tv.tldr.api.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.UploadFileConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.gemini.standin.Fault;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.gemini.standin.GeminiStandIn.Settings;
import tv.tldr.activities.gemini.standin.Operation;
import tv.tldr.activities.media.TestMedia;

class UploadSweepIT {
    private static final String CANARY = "AIzaSyCanary-of-the-sweep";
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final Logger log = (Logger) LoggerFactory.getLogger(UploadSweep.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private GeminiStandIn standIn;
    private GeminiGateway gateway;
    private UploadSweep sweep;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        standIn = new GeminiStandIn(
                new Settings(CANARY, List.of("gemini-3.8-flash"), 10, 0), 0, folder, TestMedia.FFMPEG, clock);
        gateway = new GeminiGateway(
                new Binder(new MapConfigurationPropertySource(
                                Map.of("tldr.gemini.api-key", CANARY, "tldr.gemini.base-url", standIn.url())))
                        .bind("tldr.gemini", GeminiProperties.class)
                        .get(),
                clock);
        sweep = sweeping(Map.of("gateway", gateway));
        logged.start();
        log.addAppender(logged);
    }

    @AfterEach
    void stop() {
        log.detachAppender(logged);
        gateway.close();
        standIn.close();
    }

    @Test
    void whatAKilledProcessLeftIsDeletedAndNothingThatMayBeInUseOrIsNotOurs() {
        upload("tldr/organization/stream/1");
        upload("holidays");
        now.set(NOW.plus(UploadSweep.ABANDONED).minusSeconds(1));
        upload("tldr/organization/stream/2");
        assertThat(sweep.sweep().block()).isZero();

        now.set(NOW.plus(UploadSweep.ABANDONED).plusSeconds(1));
        assertThat(sweep.sweep().block()).isEqualTo(1);

        assertThat(standIn.files()).containsExactlyInAnyOrder("holidays", "tldr/organization/stream/2");
    }

    @Test
    void oneFileThatStaysKeepsNoOtherFromBeingDeleted() {
        upload("tldr/organization/stream/1");
        upload("tldr/organization/stream/2");
        now.set(NOW.plus(Duration.ofDays(1)));
        standIn.faults().next(Operation.DELETE_FILE, 3, Fault.OVERLOADED);

        sweep.sweep().block();

        assertThat(standIn.files()).containsExactly("tldr/organization/stream/1");
        assertThat(lines()).singleElement().asString().contains("1 of 2 clips");
    }

    @Test
    void troubleIsToldOnceUntilItIsOverAndWithoutTheKey() {
        standIn.faults().next(Operation.LIST_FILES, 3, Fault.OVERLOADED);
        for (int i = 0; i < 3; i++) {
            assertThat(sweep.sweep().block()).isZero();
        }
        assertThat(lines()).hasSize(1);

        sweep.sweep().block();
        standIn.faults().next(Operation.LIST_FILES, 1, Fault.HANGS_UP);
        sweep.sweep().block();

        assertThat(lines()).hasSize(2).noneMatch(line -> line.contains(CANARY));
    }

    @Test
    void withoutAKeyNobodyIsAsked() {
        assertThat(sweeping(Map.of()).sweep().block()).isZero();

        assertThat(standIn.calls()).isEmpty();
    }

    private static UploadSweep sweeping(Map<String, ?> beans) {
        StaticListableBeanFactory factory = new StaticListableBeanFactory();
        beans.forEach(factory::addBean);
        return new UploadSweep(factory.getBeanProvider(GeminiGateway.class));
    }

    private List<String> lines() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void upload(String displayName) {
        HttpOptions there = HttpOptions.builder()
                .baseUrl(standIn.url())
                .apiVersion("v1beta")
                .build();
        try (Client client = Client.builder().apiKey(CANARY).httpOptions(there).build()) {
            client.files.upload(
                    new byte[] {1, 2, 3},
                    UploadFileConfig.builder()
                            .displayName(displayName)
                            .mimeType("video/mp4")
                            .build());
        }
    }
}
