package org.zosgrid.workloads.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zosgrid.workloads.RefusedException;
import org.zosgrid.workloads.RefusedException.Kind;

/** A directory over real TLS. */
class LdapTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPersonsOwnPasswordDecidesAndGroupsAreThoseTheyAreIn(boolean startTls) throws Exception {
        try (Directory directory = new Directory(folder, "127.0.0.1")) {
            Ldap ldap = new Ldap(directory.access(startTls));
            assertThat(ldap.find("alice", "alice's password").orElseThrow().groups()).containsExactly("auditors");
            assertThat(ldap.find("alice", "a star's password")).isEmpty();
            assertThat(ldap.find("nobody", "alice's password")).isEmpty();
        }
    }

    @Test
    void aNameIsAValueAndNoFilter() throws Exception {
        try (Directory directory = new Directory(folder, "127.0.0.1")) {
            Ldap ldap = new Ldap(directory.access(false));
            assertThat(ldap.find("al*", "alice's password")).isEmpty();
            assertThat(ldap.find("al*", "a star's password").orElseThrow().groups()).containsExactly("platform");
            assertThat(ldap.find("alice)(uid=*", "alice's password")).isEmpty();
        }
    }

    /** A bind without a password succeeds and proves nothing (RFC 4513, section 5.1.2). */
    @Test
    void anEmptyPasswordIsNone() throws Exception {
        try (Directory directory = new Directory(folder, "127.0.0.1")) {
            assertThat(new Ldap(directory.access(false)).find("alice", "")).isEmpty();
        }
    }

    @Test
    void aDirectoryThatIsAwayIsNoLogin() throws Exception {
        Ldap.Access access;
        try (Directory directory = new Directory(folder, "127.0.0.1")) {
            access = directory.access(false);
        }
        isUnavailable(access, "connect error");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDirectoryWithAnothersCertificateIsNone(boolean startTls) throws Exception {
        try (Directory directory = new Directory(folder, "127.0.0.2")) {
            isUnavailable(directory.access(startTls), "TLS with it failed");
        }
        try (Directory directory = new Directory(folder, "127.0.0.1")) {
            Ldap.Access access = directory.access(startTls);
            isUnavailable(new Ldap.Access(access.host(), access.port(), startTls, Optional.empty(), access.account(), access.password(), access.people(), access.nameAttribute(), access.groups()), "TLS with it failed");
        }
    }

    @Test
    void aServersOwnAccountThatIsRefusedIsAFaultAndNotANo() throws Exception {
        try (Directory directory = new Directory(folder, "127.0.0.1")) {
            Ldap.Access access = directory.access(false);
            isUnavailable(new Ldap.Access(access.host(), access.port(), false, access.authority(), access.account(), "wrong", access.people(), access.nameAttribute(), access.groups()), "invalid credentials");
        }
    }

    /** @param why what people read who want to log in: a directory that is away is another thing than one whose certificate is not good */
    private static void isUnavailable(Ldap.Access access, String why) {
        assertThatThrownBy(() -> new Ldap(access).find("alice", "alice's password")).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(refused.getMessage()).contains("zos.ldap.host").contains(why).doesNotContain("alice's password");
        });
    }
}
