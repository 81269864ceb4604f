package org.zosgrid.tests;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two organisations at one running control plane: neither can find out what the other has, by any call of the description. */
@ArquillianTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TenancyIT {
    @Deployment
    static EnterpriseArchive application() {
        return ControlPlaneApplication.withTests();
    }

    @Test
    @RunAsClient
    @Order(1) // while the rival has nothing that could be taken for the other's
    void everyCallAnswersAsIfTheOtherOrganisationWereNotThere() throws Exception {
        try (Tenants tenants = new Tenants()) {
            tenants.tryEveryCall();
            tenants.nothingOfTheFirstHasChanged();
        }
    }

    @Test
    @RunAsClient
    @Order(2)
    void theSecondOrganisationWorksAndTheFirstSeesNothingOfIt() throws Exception {
        try (Tenants tenants = new Tenants()) {
            tenants.theRivalWorksWithinItsQuota();
            tenants.theFirstSeesNothingOfTheRival();
        }
    }

    @Test
    @RunAsClient
    @Order(3)
    void eachOrganisationsPeopleGetMailAtTheAddressesOfItsOwnFile() throws Exception {
        try (Tenants tenants = new Tenants()) {
            tenants.theRivalsPeopleAreToldByMail();
        }
    }

    @Test
    @RunAsClient
    @Order(4)
    void aRotationTakesNobodyElsesKeyOrNode() throws Exception {
        Boundaries.areHeldByARotation();
    }

    @Test
    @RunAsClient
    @Order(5)
    void aServerDoesNotStartWithAKeyOrANodeOfTwoOrganisations() throws Exception {
        Boundaries.areHeldByAStart();
    }

    @Test
    @RunAsClient
    @Order(6)
    void ofTwoChangesThatRaceForTheLastOfAQuotaOneIsSealed() throws Exception {
        Boundaries.areHeldByTwoAtOnce();
    }
}
