package org.zosgrid.workloads.engine;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import javax.sql.DataSource;
import org.zosgrid.model.CurrentOrganisation;
import org.zosgrid.model.Schema;
import org.zosgrid.workloads.organisation.KnownOrganisations;

/** Brings our own tables up to date before anything else uses the database, and compares them with what is mapped on them. Flyway commits each migration itself. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class DatabaseSchema {
    @Resource(lookup = "jdbc/zos")
    private DataSource database;

    @PersistenceUnit(unitName = "zos")
    private EntityManagerFactory entities;

    @Inject private KnownOrganisations organisations;

    @PostConstruct
    void migrate() {
        organisations.names().forEach(organisation -> Schema.migrate(database, organisation));
        Schema.validate(entities);
        if (organisations.several()) {
            CurrentOrganisation.demand();
        }
    }

    /** Returns once the tables are there: whoever may be called while the application still starts asks first. */
    public void await() {
        // A singleton answers after its @PostConstruct.
    }
}
