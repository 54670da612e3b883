package tv.tldr.api.ops;

import java.util.Map;

/**
 * How is the whole?
 *
 * @param status down when something vital is down, degraded when anything else is not up
 * @param checks by dependency
 */
record HealthReport(Health status, String version, Map<String, CheckResult> checks) {}
