package org.zosgrid.contract.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zosgrid.contract.ContractException;

/**
 * The network that a deployment's machines share and nobody else sees.
 *
 * @param subnet IPv4 in CIDR form inside 10.0.0.0/8, /24 to /28; a machine's address in it is given by its place in the document
 */
public record Network(String name, String subnet) {
    private static final Pattern SUBNET = Pattern.compile("10\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(2[4-8])");

    public Network {
        Names.check("name", name);
        Matcher match = SUBNET.matcher(subnet);
        if (!match.matches() || !aligned(match)) {
            throw new ContractException("subnet", "must be a network inside 10.0.0.0/8 with a prefix of 24 to 28, such as 10.40.0.0/24", subnet);
        }
    }

    /** Bits of the prefix, 24 to 28. */
    public int prefix() {
        return Integer.parseInt(subnet.substring(subnet.indexOf('/') + 1));
    }

    /** The address {@code index} places after the network's own: 1 is the node's, 2 the first machine's. */
    public String address(int index) {
        if (index < 1 || index > (1 << (32 - prefix())) - 2) {
            throw new ContractException("subnet", "has no room for address number " + index, subnet);
        }
        int lastDot = subnet.lastIndexOf('.');
        int base = Integer.parseInt(subnet.substring(lastDot + 1, subnet.indexOf('/')));
        return subnet.substring(0, lastDot + 1) + (base + index);
    }

    private static boolean aligned(Matcher match) {
        for (int i = 1; i <= 3; i++) {
            if (Integer.parseInt(match.group(i)) > 255) {
                return false;
            }
        }
        return Integer.parseInt(match.group(3)) % (1 << (32 - Integer.parseInt(match.group(4)))) == 0;
    }
}
