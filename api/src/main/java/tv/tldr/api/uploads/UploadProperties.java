package tv.tldr.api.uploads;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which files are taken, and how long are they kept?
 *
 * @param maxSize the largest file
 * @param expiry an upload is given up when nothing came for so long and no stream was made of it
 * @param partSize bytes that are stored, and counted, together: what a killed process can lose of them
 * @param idleTimeout a body that pauses for longer counts as broken
 */
@ConfigurationProperties("tldr.uploads")
public record UploadProperties(
        @DefaultValue("64GB") DataSize maxSize,
        @DefaultValue("24h") Duration expiry,
        @DefaultValue("16MB") DataSize partSize,
        @DefaultValue("30s") Duration idleTimeout) {}
