package org.zosgrid.model;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.engine.config.spi.ConfigurationService;
import org.hibernate.engine.jdbc.connections.spi.AbstractDataSourceBasedMultiTenantConnectionProviderImpl;
import org.hibernate.service.spi.ServiceRegistryAwareService;
import org.hibernate.service.spi.ServiceRegistryImplementor;
import org.jspecify.annotations.Nullable;
import org.zosgrid.contract.organisation.Organisation;

/**
 * Connections that see the tables of one organisation and of nobody else. Named in {@code persistence.xml}.
 *
 * <p>The default organisation's tables lie where they always lay, and nothing is said to its connections. To another's, the search path is said each time: for the transaction, with
 * which it ends whatever happens, or where there is none until the connection is given back. The engine's tables are everybody's, so the default place comes last in the path; of our own
 * tables none is ever found there, since every schema has all of them ({@link Schema}).
 */
public final class OrganisationConnections extends AbstractDataSourceBasedMultiTenantConnectionProviderImpl<String> implements ServiceRegistryAwareService {
    private static final long serialVersionUID = 1;

    private transient @Nullable DataSource database;

    @Override
    public void injectServices(ServiceRegistryImplementor services) {
        var settings = services.requireService(ConfigurationService.class).getSettings();
        Object jta = settings.get(JdbcSettings.JAKARTA_JTA_DATASOURCE);
        Object source = jta != null ? jta : settings.get(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE);
        try {
            database = source instanceof DataSource given ? given : InitialContext.doLookup(String.valueOf(source));
        } catch (NamingException missing) {
            throw new IllegalStateException("there is no data source " + source, missing);
        }
    }

    @Override
    protected DataSource selectAnyDataSource() {
        DataSource known = database;
        if (known == null) {
            throw new IllegalStateException("the persistence unit has no data source");
        }
        return known;
    }

    @Override
    protected DataSource selectDataSource(String organisation) {
        return selectAnyDataSource();
    }

    @Override
    public Connection getConnection(String organisation) throws SQLException {
        Connection connection = super.getConnection(organisation);
        if (!organisation.equals(Organisation.DEFAULT)) {
            try {
                say(connection, "SET " + (connection.getAutoCommit() ? "" : "LOCAL ") + "search_path TO " + Schema.quoted(organisation) + ", public");
            } catch (SQLException failed) {
                connection.close();
                throw failed;
            }
        }
        return connection;
    }

    @Override
    public void releaseConnection(String organisation, Connection connection) throws SQLException {
        try {
            if (!organisation.equals(Organisation.DEFAULT) && connection.getAutoCommit()) {
                say(connection, "RESET search_path");
            }
        } finally {
            super.releaseConnection(organisation, connection);
        }
    }

    private static void say(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
