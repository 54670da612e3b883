package tv.tldr.api.ops;

import org.springframework.stereotype.Component;

/** Which version of the program is this? */
@Component
final class Version {
    private static final String UNPACKAGED = "development";

    private final String text;

    Version() {
        String packaged = Version.class.getPackage().getImplementationVersion();
        this.text = packaged == null ? UNPACKAGED : packaged;
    }

    String text() {
        return text;
    }
}
