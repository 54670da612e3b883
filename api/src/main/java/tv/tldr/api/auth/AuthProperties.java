package tv.tldr.api.auth;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often may somebody try, within {@code window}?
 *
 * @param triesPerAccount wrong passwords for one account
 * @param triesPerAddress wrong passwords, new accounts and wrong links from one address
 * @param mailsPerReceiver links to one e-mail address, and as many notices of what has changed
 * @param mailsPerSender links to whomever one organization invites, and to addresses that one person wants to have
 * @param organizationsPerPerson on the plan STARTER, that one person has made or owns; not within {@code window}, but at once
 */
@ConfigurationProperties("tldr.auth")
public record AuthProperties(
        @DefaultValue("15m") Duration window,
        @DefaultValue("10") int triesPerAccount,
        @DefaultValue("100") int triesPerAddress,
        @DefaultValue("5") int mailsPerReceiver,
        @DefaultValue("100") int mailsPerSender,
        @DefaultValue("3") int organizationsPerPerson) {}
