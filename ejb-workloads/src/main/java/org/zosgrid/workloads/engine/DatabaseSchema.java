package org.zosgrid.workloads.engine;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.zosgrid.model.Schema;

/** Brings our own tables up to date before anything else uses the database. Flyway commits each migration itself. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class DatabaseSchema {
    @Resource(lookup = "jdbc/zos")
    private DataSource database;

    @PostConstruct
    void migrate() {
        Schema.migrate(database);
    }

    /** Returns once the tables are there: whoever may be called while the application still starts asks first. */
    public void await() {
        // A singleton answers after its @PostConstruct.
    }
}
