package tv.tldr.activities.store;

import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tv.tldr.activities.TestActivities;
import tv.tldr.activities.asking.AskingActivitiesImpl;
import tv.tldr.activities.gemini.GeminiGateway;
import tv.tldr.activities.gemini.GeminiProperties;
import tv.tldr.activities.gemini.PictureCutter;
import tv.tldr.activities.gemini.ProxyCutter;
import tv.tldr.activities.gemini.standin.GeminiStandIn;
import tv.tldr.activities.media.MediaProperties;
import tv.tldr.activities.media.TestMedia;
import tv.tldr.workflows.activity.AskingActivities;

/** The activities that ask the model as the program puts them together, before a stand-in for it. */
final class AskingRun implements AutoCloseable {
    private final GeminiProperties properties;
    private final AnnotationConfigApplicationContext context;
    private final TestActivityEnvironment temporal = TestActivities.environment();

    AskingRun(StoreContext stores, Path folder, GeminiStandIn model, String key) {
        properties = new Binder(new MapConfigurationPropertySource(
                        Map.of("tldr.gemini.api-key", key, "tldr.gemini.base-url", model.url())))
                .bind("tldr.gemini", GeminiProperties.class)
                .get();
        context = stores.child();
        context.registerBean(MediaProperties.class, () -> TestMedia.properties(folder, 1));
        context.registerBean(GeminiProperties.class, () -> properties);
        context.registerBean(GeminiGateway.class, () -> new GeminiGateway(properties, Clock.systemUTC()));
        context.registerBean(ProxyCutter.class, () -> new ProxyCutter(TestMedia.FFMPEG, 1));
        context.registerBean(PictureCutter.class, () -> new PictureCutter(TestMedia.FFMPEG, 1));
        context.scan("tv.tldr.activities.asking");
        context.refresh();
        temporal.registerActivitiesImplementations(context.getBean(AskingActivitiesImpl.class));
    }

    AskingActivities activities() {
        return temporal.newActivityStub(AskingActivities.class);
    }

    GeminiProperties properties() {
        return properties;
    }

    @Override
    public void close() {
        temporal.close();
        context.close();
    }
}
