package tv.tldr.api.doctor;

/** Who looks at one area? Waits for nobody longer than a few seconds, and changes nothing. */
interface Examiner {
    /** As the catalogue names it. */
    String area();

    /** @throws Exception what nobody foresaw: then the rest of the area is passed over */
    void examine(Chart chart) throws Exception;
}
