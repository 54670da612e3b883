package tv.tldr.activities.egress;

import org.springframework.util.unit.DataSize;

/**
 * How much may one job fetch of other people's servers?
 *
 * @param requests that it may make
 * @param received that all answers may have together
 */
public record EgressLimits(int requests, DataSize received) {}
