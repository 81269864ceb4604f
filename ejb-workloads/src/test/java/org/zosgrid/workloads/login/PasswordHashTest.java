package org.zosgrid.workloads.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Passwords as they are kept, and how often one may be tried. */
class PasswordHashTest {
    @Test
    void onlyThePasswordItselfIsIt() {
        String kept = PasswordHash.of("correct horse battery");
        assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("horse");
        assertThat(PasswordHash.verify("correct horse battery", kept)).isTrue();
        assertThat(PasswordHash.verify("correct horse batterx", kept)).isFalse();
        assertThat(PasswordHash.of("correct horse battery")).as("a salt of its own").isNotEqualTo(kept);
        assertThat(PasswordHash.verifyNobodys("")).isFalse();
    }

    @Test
    void whatIsNoHashIsAFault() {
        assertThatThrownBy(() -> PasswordHash.verify("x", "plain")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void passwordsHaveALengthAndAreNotRepeated() {
        assertThat(Passwords.fault("too short").orElseThrow().toString()).contains("12").doesNotContain("too short");
        assertThat(Passwords.fault("x".repeat(201))).isPresent();
        assertThat(Passwords.fault("x".repeat(12))).isEmpty();
    }

    @Test
    void afterFiveFailuresANameIsLeftAloneForAWhile() {
        FailedLogins failures = new FailedLogins();
        Instant now = Instant.parse("2026-11-26T03:00:00Z");
        for (int time = 0; time < FailedLogins.FREE; time++) {
            assertThat(failures.barredUntil("alice", now)).isEmpty();
            failures.failed("alice", now);
        }
        assertThat(failures.barredUntil("alice", now)).contains(now.plus(FailedLogins.PAUSE));
        assertThat(failures.barredUntil("bob", now)).isEmpty();
        assertThat(failures.barredUntil("alice", now.plus(FailedLogins.PAUSE))).isEmpty();
        failures.failed("alice", now.plus(FailedLogins.PAUSE));
        assertThat(failures.barredUntil("alice", now.plus(FailedLogins.PAUSE))).as("it begins anew").isEmpty();
    }

    @Test
    void aLoginsTokenSaysItsOrganisationAndNotItsSecret() {
        LoginToken token = LoginToken.make("acme");
        assertThat(LoginToken.parse(token.text())).contains(token);
        assertThat(token.digest()).hasSize(64);
        assertThat(token.toString()).doesNotContain(token.text().substring(9));
        assertThat(LoginToken.parse("eyJhbGciOiJSUzI1NiJ9.e30.c2ln")).isEmpty();
        assertThat(LoginToken.parse("zos.acme.short")).isEmpty();
    }
}
