package org.zosgrid.workloads.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.zosgrid.contract.trust.TrustRoot;
import org.zosgrid.model.Approval;
import org.zosgrid.model.Change;
import org.zosgrid.model.ChangeState;
import org.zosgrid.model.Changes;
import org.zosgrid.model.Mail;
import org.zosgrid.model.Mails;
import org.zosgrid.workloads.trust.Trust;

/** Writes to people, in the caller's transaction; sent is it later. Everybody is told each thing of a change once. */
@ApplicationScoped
public class Notices {
    @Inject private MailSettings settings;
    @Inject private Mails mails;
    @Inject private Changes changes;
    @Inject private Trust trust;

    /** A seat is open for each of these people. */
    public void assigned(Change change, List<String> people, int quorum, Instant due) {
        write(change, people, MailText.assigned(change, people, quorum, due));
    }

    /** Half the time is gone, or a quarter of an emergency's: whoever has not answered is told again. */
    public void remind(Change change) {
        write(change, silent(change), MailText.reminder(change, change.expiresAt()));
    }

    /** Somebody agreed in another system: whoever has not answered here is told, beside the reminder that comes in its time. */
    public void agreedElsewhere(Change change, String ticket) {
        write(change, silent(change), MailText.agreedElsewhere(change, ticket));
    }

    /** Nobody of a group has answered for half of the time: each of its deputies is told for which groups they stand in. */
    public void standIn(Change change, Collection<String> deputies, Instant from) {
        Set<String> answered = changes.approvals(change.id()).stream().map(Approval::person).collect(Collectors.toSet());
        deputies.stream().filter(person -> !answered.contains(person)).forEach(person -> write(change, List.of(person), MailText.standIn(change, trust.root().standsInFor(person), from)));
    }

    /** Most of the time is gone: its author, and those who answer for the whole system, are told who has not answered. */
    void escalate(Change change) {
        Set<String> people = answerable(change);
        write(change, people, MailText.escalation(change, change.approvalDueAt().orElseThrow(), silent(change)));
    }

    /** A node was told and does not answer: its author, and those who answer for the whole system, are told how to get on. */
    void silent(Change change, String node, Instant since, String step) {
        write(change, answerable(change), MailText.notice(change, node + " was told at " + since + ", and has not answered.\n\n  zos incidents show " + step));
    }

    /** Who is told when something does not get on: its author, and those who answer for the whole system. */
    public Set<String> answerable(Change change) {
        Set<String> people = new TreeSet<>(trust.root().holders(TrustRoot.ROOT));
        people.add(change.requester());
        return people;
    }

    /** It came to an end, or runs: its author is told. */
    public void result(Change change, ChangeState state, String why) {
        write(change, List.of(change.requester()), MailText.result(change, state.toString(), why));
    }

    /** What a model says to some people. */
    public void say(Change change, Collection<String> people, String text) {
        write(change, people, MailText.notice(change, text));
    }

    private List<String> silent(Change change) {
        Set<String> silent = new TreeSet<>(trust.root().approvers());
        silent.remove(change.requester());
        changes.approvals(change.id()).stream().map(Approval::person).forEach(silent::remove);
        return List.copyOf(silent);
    }

    private void write(Change change, Collection<String> people, MailText text) {
        if (settings.on()) {
            String body = settings.console().map(console -> text.linked(console, change)).orElse(text).body();
            people.forEach(person -> mails.add(new Mail(change.id(), text.kind(), person, text.subject(), body, Instant.now())));
        }
    }
}
