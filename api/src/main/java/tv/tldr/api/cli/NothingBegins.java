package tv.tldr.api.cli;

import org.springframework.context.LifecycleProcessor;

/** What begins by itself when the parts of the program are there? Nothing, in a command: it asks them and goes. */
final class NothingBegins implements LifecycleProcessor {
    @Override
    public void onRefresh() {}

    @Override
    public void onClose() {}

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
        return false;
    }
}
