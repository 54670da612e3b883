package tv.tldr.api.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** As whom does PostgreSQL run? It refuses to be root, so root has to give up something. */
enum PostgresAccount {
    /** As ourselves, who are not root. */
    OWN,
    /** Root in a user namespace without a mapping: PostgreSQL sees nobody, the files stay root's. */
    NAMESPACE,
    /**
     * Where namespaces are forbidden, as in many containers: nobody, with the one capability that reaches a folder below
     * root's own. The secure bit lets {@code access(2)} see the capability, which PostgreSQL asks about its programs.
     */
    NOBODY;

    private static final int NOBODY_ID = 65534;

    static PostgresAccount detect() {
        if (new UnixSystem().getUid() != 0) {
            return OWN;
        }
        return Stream.of(NAMESPACE, NOBODY)
                .filter(PostgresAccount::works)
                .findFirst()
                .orElseThrow(() -> new StartFailure("PostgreSQL refuses to run as root, and neither \"unshare -U\" nor"
                        + " \"setpriv\" can make it somebody else: run ./tldr as another user, or set DATABASE_URL."));
    }

    /** What comes before the command line. */
    List<String> prefix() {
        return switch (this) {
            case OWN -> List.of();
            case NAMESPACE -> List.of("unshare", "-U");
            case NOBODY ->
                List.of(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "--inh-caps=+dac_override",
                        "--ambient-caps=+dac_override",
                        "--securebits=+no_setuid_fixup");
        };
    }

    /** Hands a data folder over, when another account used it before. */
    void own(Path folder) throws IOException {
        int owner = this == NOBODY ? NOBODY_ID : (int) new UnixSystem().getUid();
        if (!Files.exists(folder) || owner == uid(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    boolean works() {
        Stream<String> command = Stream.concat(prefix().stream(), Stream.of("true"));
        try {
            return new ProcessBuilder(command.toList())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int uid(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:uid");
    }
}
