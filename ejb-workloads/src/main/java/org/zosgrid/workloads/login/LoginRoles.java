package org.zosgrid.workloads.login;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.workloads.TokenHolder.Role;

/** Which groups may do what, and for how long a login counts. */
@ApplicationScoped
public class LoginRoles {
    @Inject
    @ConfigProperty(name = "zos.logins.readers")
    private Optional<String> readers;

    @Inject
    @ConfigProperty(name = "zos.logins.administrators")
    private Optional<String> administrators;

    @Inject
    @ConfigProperty(name = "zos.logins.lifetime")
    private Duration lifetime;

    /** None for groups that the configuration does not name. */
    Set<Role> of(Set<String> groups) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        if (any(groups, administrators)) {
            roles.addAll(EnumSet.of(Role.ADMINISTRATOR, Role.READER));
        }
        if (any(groups, readers)) {
            roles.add(Role.READER);
        }
        return roles;
    }

    Duration lifetime() {
        return lifetime;
    }

    private static boolean any(Set<String> groups, Optional<String> named) {
        return !Collections.disjoint(groups, named.stream().flatMap(list -> Arrays.stream(list.split(","))).map(String::strip).filter(each -> !each.isEmpty()).collect(Collectors.toSet()));
    }
}
