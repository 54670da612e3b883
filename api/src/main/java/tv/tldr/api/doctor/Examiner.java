package tv.tldr.api.doctor;

import java.util.Set;

/** Who looks at one area? Waits for nobody longer than a few seconds, and changes nothing. */
interface Examiner {
    /** As the catalogue names it. */
    String area();

    /** Settings that it looks by: where one of them is wrong, that is told, and nothing of this area. */
    default Set<String> settings() {
        return Set.of();
    }

    /** @throws Exception what nobody foresaw: then the rest of the area is passed over */
    void examine(Chart chart) throws Exception;
}
