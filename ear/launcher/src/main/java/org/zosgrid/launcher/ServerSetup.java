package org.zosgrid.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a Payara server needs to be told before and while the control plane is deployed to it; the same to Micro as to the full server. */
final class ServerSetup {
    private final Configuration configuration;
    private final Installation installation;

    ServerSetup(Configuration configuration, Installation installation) {
        this.configuration = configuration;
        this.installation = installation;
    }

    /**
     * The console's files alone: answers of the interface hold what others wrote beside what is secret, and their length must not tell of it.
     *
     * @param protocol how the server calls what the listener speaks; in a fresh domain of the full server "http-listener-1"
     */
    static List<ServerCommand> compression(String protocol) {
        String http = "configs.config.server-config.network-config.protocols.protocol." + protocol + ".http.";
        return List.of(
            new ServerCommand("set", http + "compressable-mime-type=application/javascript,text/javascript,text/css,image/svg+xml"),
            new ServerCommand("set", http + "compression=on"));
    }

    /** The application describes itself, and has its own figures where a collector looks; the server's would answer everybody in their place. */
    static List<ServerCommand> ownAnswersOff() {
        return List.of(
            new ServerCommand("set-openapi-configuration", "--enabled=false"),
            new ServerCommand("set-metrics-configuration", "--enabled=false"));
    }

    List<ServerCommand> dataSource(DatabaseAccess database) {
        return List.of(
            new ServerCommand("create-jdbc-connection-pool",
                "--datasourceclassname", "org.postgresql.xa.PGXADataSource", "--restype", "javax.sql.XADataSource",
                "--steadypoolsize", "4", "--maxpoolsize", "32",
                "--isconnectvalidatereq", "true", "--validationmethod", "custom-validation",
                "--validationclassname", "org.glassfish.api.jdbc.validation.PostgresConnectionValidation",
                "--property", ServerCommand.properties(Map.of("url", database.url(), "user", database.user(), "password", database.password())),
                "jdbc-zos"),
            new ServerCommand("create-jdbc-resource", "--connectionpoolid", "jdbc-zos", "jdbc/zos"));
    }

    List<ServerCommand> storeAdapter(LedgerStoreAccess ledger) {
        Map<String, String> properties = node();
        properties.put("ledger", ledger.address());
        properties.put("ledgerPassword", ledger.passwordFile().toString());
        return adapter("zdb-connector", "org.zosgrid.connector.zdb.ZdbConnectionFactory", "zos/zdb", properties);
    }

    List<ServerCommand> imageAdapter() {
        Map<String, String> properties = node();
        properties.put("trustRoot", configuration.trustRoot().toString());
        properties.put("trustRoots", configuration.state().resolve("trust-roots").toString());
        properties.put("hub", configuration.hub());
        configuration.organisations().ifPresent(file -> properties.put("organisations", file.toString()));
        return adapter("flist-rar", "org.zosgrid.connector.flist.ImageConnectionFactory", "zos/images", properties);
    }

    List<ServerCommand> networkAdapter() {
        return adapter("network-rar", "org.zosgrid.connector.network.NetworkConnectionFactory", "zos/network", node());
    }

    List<ServerCommand> application() {
        return List.of(new ServerCommand("deploy", "--name", "control-plane", installation.application().toString()));
    }

    private Map<String, String> node() {
        return new TreeMap<>(Map.of(
            "inventory", configuration.inventory().toString(),
            "tlsDirectory", configuration.managementTls().toString()));
    }

    /** A resource adapter of its own, so that its names don't depend on the application's. */
    private List<ServerCommand> adapter(String adapter, String connectionFactory, String name, Map<String, String> properties) {
        String pool = name.replace('/', '-');
        List<ServerCommand> commands = new ArrayList<>();
        commands.add(new ServerCommand("create-resource-adapter-config", "--property", ServerCommand.properties(properties), adapter));
        commands.add(new ServerCommand("deploy", "--name", adapter, installation.adapter(adapter).toString()));
        commands.add(new ServerCommand("create-connector-connection-pool", "--raname", adapter, "--connectiondefinition", connectionFactory,
            // said again here: the server overlooks what the adapter's own annotation says about transactions
            "--transactionsupport", "NoTransaction",
            "--steadypoolsize", "0", "--maxpoolsize", "32", pool));
        commands.add(new ServerCommand("create-connector-resource", "--poolname", pool, name));
        return commands;
    }
}
