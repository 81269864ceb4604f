package org.zosgrid.contract.document;

import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;

/**
 * A name under which the internet may reach one port of one machine.
 *
 * @param node the gateway node's name in the trust root
 * @param host the DNS name, lower case, without port
 * @param machine a machine of the same document
 */
public record GatewayRoute(String name, String node, String host, String machine, int port) {
    static final Pattern HOST = Pattern.compile("(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+");

    public GatewayRoute {
        Names.check("name", name);
        Names.check("node", node);
        Names.check("machine", machine);
        if (!HOST.matcher(host).matches()) {
            throw new ContractException("host", "must be a DNS name in lower case with at least one dot", host);
        }
        if (port < 1 || port > 65_535) {
            throw new ContractException("port", "must lie between 1 and 65535", Integer.toString(port));
        }
    }
}
