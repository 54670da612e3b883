package tv.tldr.api.cli;

/** How many seconds of a stream are measured in a second? From the first reading of the stage on. */
final class SpeedMeter {
    private double firstMeasured = -1;
    private double firstSeconds;
    private double lastMeasured;
    private double speed;

    /**
     * @param measured seconds of the stream that are measured
     * @param seconds now, on any clock
     * @return 0 until it can be told; stays when nothing is measured any more
     */
    double read(double measured, double seconds) {
        if (firstMeasured < 0) {
            firstMeasured = measured;
            firstSeconds = seconds;
        } else if (measured > lastMeasured && seconds > firstSeconds) {
            speed = (measured - firstMeasured) / (seconds - firstSeconds);
        }
        lastMeasured = measured;
        return speed;
    }
}
