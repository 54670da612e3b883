package tv.tldr.activities.store;

import io.r2dbc.spi.ConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tv.tldr.activities.RefusedConnections;

/** Makes the stores of people, of what they belong to, and of how they prove who they are or what they may see. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {
    @Bean
    UserStore userStore(Database database) {
        return new UserStore(database);
    }

    @Bean
    OrganizationStore organizationStore(Database database) {
        return new OrganizationStore(database);
    }

    @Bean
    MemberStore memberStore(Database database) {
        return new MemberStore(database);
    }

    @Bean
    InvitationStore invitationStore(Database database, StoreProperties properties) {
        return new InvitationStore(
                database,
                new SecretTokens(properties.secretKey(), "invitations"),
                new SecretTokens(properties.secretKey(), "links of invitations"));
    }

    @Bean
    SessionStore sessionStore(Database database, StoreProperties properties) {
        return new SessionStore(
                database,
                new SecretTokens(properties.secretKey(), "refresh tokens"),
                new SecretTokens(properties.secretKey(), "next refresh tokens"));
    }

    @Bean
    OneTimeTokenStore oneTimeTokenStore(Database database, StoreProperties properties) {
        return new OneTimeTokenStore(database, new SecretTokens(properties.secretKey(), "one-time tokens"));
    }

    @Bean
    AttemptStore attemptStore(Database database, StoreProperties properties) {
        return new AttemptStore(database, new SecretTokens(properties.secretKey(), "attempts"));
    }

    @Bean
    ShareTokens shareTokens(StoreProperties properties) {
        return new ShareTokens(properties.secretKey());
    }

    @Bean
    FileLinks fileLinks(Database database, StoreProperties properties) {
        return new FileLinks(database, properties.secretKey());
    }

    @Bean
    ShareStore shareStore(Database database, ShareTokens tokens) {
        return new ShareStore(database, tokens);
    }

    @Bean
    AuditStore auditStore(Database database) {
        return new AuditStore(database);
    }

    /** The rooms that dial know no database. */
    @Bean
    RefusedConnections refusalNotes(AuditStore audit) {
        return new RefusalNotes(audit);
    }

    /** On a connection of its own: the pool's are lent for a moment each. */
    @Bean
    AccountChanges accountChanges(ConnectionFactory pool) {
        return new AccountChanges(WalledConnections.below(pool));
    }
}
