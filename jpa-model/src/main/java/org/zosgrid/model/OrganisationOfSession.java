package org.zosgrid.model;

import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/** Tells Hibernate for whom a session is opened. Named in {@code persistence.xml}. */
public final class OrganisationOfSession implements CurrentTenantIdentifierResolver<String> {
    @Override
    public String resolveCurrentTenantIdentifier() {
        return CurrentOrganisation.name();
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }
}
