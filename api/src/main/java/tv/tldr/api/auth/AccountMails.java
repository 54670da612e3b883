package tv.tldr.api.auth;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tv.tldr.activities.store.InvitationStore;
import tv.tldr.activities.store.OneTimeTokenStore;
import tv.tldr.activities.store.OneTimeTokenStore.Purpose;
import tv.tldr.activities.store.User;
import tv.tldr.workflows.account.UserId;

/** Which links are sent to people? Each in the background: how long it takes tells nobody whether there is such an account. */
@Component
public final class AccountMails {
    private static final Logger log = LoggerFactory.getLogger(AccountMails.class);

    private final Mailer mailer;
    private final OneTimeTokenStore tokens;
    private final Limits limits;

    AccountMails(Mailer mailer, OneTimeTokenStore tokens, Limits limits) {
        this.mailer = mailer;
        this.tokens = tokens;
        this.limits = limits;
    }

    void verification(User user) {
        later(limited(
                user.email(),
                tokens.issue(user, Purpose.EMAIL_VERIFICATION)
                        .flatMap(token -> mailer.send(
                                user.email(),
                                "Confirm your e-mail address",
                                "Somebody, probably you, uses this address for TL;DR. This link confirms within a day that it is"
                                        + " yours; if it was not you, ignore it.",
                                "/verify-email#token=" + token))));
    }

    /** To the address that somebody wants to have; nothing is changed until its link is followed. */
    void emailChange(UserId user, String wanted) {
        later(sent(
                limits.mayMail(wanted, user.toString()),
                tokens.issue(user, Purpose.EMAIL_CHANGE, wanted)
                        .flatMap(token -> mailer.send(
                                wanted,
                                "Confirm your new e-mail address",
                                "Somebody, probably you, wants to use this address for TL;DR from now on. This link confirms it within"
                                        + " a day; if it was not you, ignore it.",
                                "/verify-email#token=" + token))));
    }

    /** To the address that an account had until now: whoever did not want that must learn of it. */
    void emailChanged(String former) {
        notice(
                former,
                "Your e-mail address was changed",
                "Your account at TL;DR has another e-mail address from now on. If it was not you, ask whoever runs this"
                        + " installation.");
    }

    /** The same of the password. */
    void passwordChanged(String to) {
        notice(
                to,
                "Your password was changed",
                "Your account at TL;DR has another password from now on, and is signed out elsewhere. If it was not you, have a"
                        + " link sent that resets it (\"forgot password\"), and look through the API keys of your organizations.");
    }

    /** @param whose empty: nobody has the address, and nothing is sent */
    void reset(Mono<User> whose) {
        later(whose.flatMap(user -> limited(
                user.email(),
                tokens.issue(user, Purpose.PASSWORD_RESET)
                        .flatMap(token -> mailer.send(
                                user.email(),
                                "Choose a new password",
                                "Somebody, probably you, asked for a new password. This link is good for an hour and once; if it was"
                                        + " not you, ignore it.",
                                "/reset-password#token=" + token)))));
    }

    /** Whoever invites may know what becomes of the link: they named the address themselves. */
    public Mono<MailStatus> invitation(InvitationStore.Issued issued, String organization) {
        String to = issued.invitation().email();
        String token = issued.token();
        if (token == null) {
            return Mono.just(mailer.status());
        }
        return limits.mayMail(to, issued.invitation().organizationId().toString())
                .map(may -> {
                    if (!may) {
                        return MailStatus.LIMITED;
                    }
                    later(mailer.send(
                            to,
                            "You are invited to TL;DR",
                            "You are invited to the organization \"" + visible(organization) + "\" as "
                                    + issued.invitation().role() + ". This link is good for seven days.",
                            "/accept-invitation#token=" + token));
                    return mailer.status();
                });
    }

    /** To each of its owners: its audit log, where they could have read it, went with it. */
    public void organizationDeleted(String owner, String organization, String byWhom) {
        notice(
                owner,
                "An organization of yours was deleted",
                "The organization \"" + visible(organization) + "\" was deleted with all that it had: " + byWhom
                        + ". If nobody of you wanted that, ask whoever runs this installation.");
    }

    private static String visible(String name) {
        return name.replaceAll("\\p{Cntrl}", " ");
    }

    private void notice(String to, String subject, String text) {
        later(sent(limits.mayTell(to), mailer.tell(to, subject, text)));
    }

    private Mono<Void> limited(String to, Mono<Void> sending) {
        return sent(limits.mayMail(to), sending);
    }

    private static Mono<Void> sent(Mono<Boolean> may, Mono<Void> sending) {
        return may.filter(allowed -> allowed).flatMap(allowed -> sending);
    }

    private static void later(Mono<Void> sending) {
        sending.subscribeOn(Schedulers.boundedElastic())
                .subscribe(done -> {}, failure -> log.warn("A link could not be sent: {}", failure.toString()));
    }
}
