package org.zosgrid.tests;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** Who may do what at the running control plane with a token and no key. */
@ArquillianTest
class IdentityIT {
    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void readersReadAndAdministratorsSetUp() throws Exception {
        TokenBearers.doWhatTheirGroupsMay();
    }

    @Test
    @RunAsClient
    void aLoginOfAnApproversNameApprovesNothing() throws Exception {
        TokenBearers.cannotApprove();
    }

    @Test
    @RunAsClient
    void anAccountLogsInWithItsPasswordAndIsOutAsSoonAsItIsRemoved() throws Exception {
        Accounts.logInAndOut();
    }

    @Test
    @RunAsClient
    void whomADirectoryKnowsLogsInWithItsPasswordAndGroups() throws Exception {
        Accounts.logInThroughTheDirectory();
    }

    @Test
    @RunAsClient
    void aTokenIsOfTheOrganisationThatItsClaimNames() throws Exception {
        TokenBearers.belongToTheOrganisationThatTheirTokenNames();
    }

    @Test
    @RunAsClient
    void aServiceProvisionsAccountsAndWhoIsDeactivatedIsOutAtOnce() throws Exception {
        try (Provisioning service = new Provisioning()) {
            service.makesChangesAndEndsAccounts();
        }
    }

    @Test
    @RunAsClient
    void groupsOfAServiceGiveAndTakeRoles() throws Exception {
        try (Provisioning service = new Provisioning()) {
            service.groupsGiveRoles();
        }
    }

    @Test
    @RunAsClient
    void changesAtOnceAreNotLost() throws Exception {
        try (Provisioning service = new Provisioning()) {
            service.noChangeIsLost();
        }
    }

    @Test
    @RunAsClient
    void aServiceHasItsOrganisationsAccountsAndNothingElse() throws Exception {
        try (Provisioning service = new Provisioning()) {
            service.seesOneOrganisationAndNothingElse();
        }
    }

    @Test
    @RunAsClient
    void passwordsAreNotGuessed() throws Exception {
        Accounts.areBarredAfterFailures();
    }
}
