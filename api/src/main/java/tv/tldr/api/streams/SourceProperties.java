package tv.tldr.api.streams;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which sources may be submitted?
 *
 * @param localFiles whether files of this machine may be named; for the embedded default only, where caller and server are
 *     the same person
 */
@ConfigurationProperties("tldr.sources")
public record SourceProperties(@DefaultValue("false") boolean localFiles) {}
