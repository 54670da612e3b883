package tv.tldr.api.security;

import java.io.PrintStream;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;
import tv.tldr.activities.store.IssuedKey;

/** Shows the first API key to whoever starts the first process. On the terminal, not in the log: logs are kept. */
@Component
@ConditionalOnBooleanProperty(name = "tldr.security.announce-key", matchIfMissing = true)
final class BootstrapKeyAnnouncement implements ApplicationRunner {
    private final BootstrapKey bootstrap;

    BootstrapKeyAnnouncement(BootstrapKey bootstrap) {
        this.bootstrap = bootstrap;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        IssuedKey issued = bootstrap.issueFirst().block();
        if (issued != null) {
            print(System.out, issued);
        }
    }

    private static void print(PrintStream out, IssuedKey issued) {
        out.println();
        out.println("  Your API key, shown this once: " + issued.secret());
        out.println("  Send it as X-API-Key. Keep it safe: only its hash is stored.");
        out.println();
        out.flush();
    }
}
