package org.zosgrid.tests;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;

/** People log in with a browser at a whole OpenID provider (Keycloak), and the control plane takes its tokens. */
@ArquillianTest
class OpenIdIT {
    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    void whoAgreesInTheBrowserReadsWithTheCommandLineUntilTheyLogOut() throws Exception {
        try (BrowserLogins people = new BrowserLogins()) {
            people.logInReadRenewAndLogOut();
            people.haveTheRolesOfTheirGroups();
            people.areRefusedWithoutARoleOrTheirConsent();
        }
    }
}
