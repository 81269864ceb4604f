package org.zosgrid.workloads.token;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.zosgrid.contract.organisation.Organisation;
import org.zosgrid.settings.Setting;
import org.zosgrid.workloads.TokenHolder;
import org.zosgrid.workloads.TokenHolder.Role;
import org.zosgrid.workloads.organisation.TokenFiles;

/** The token of a provisioning service that can keep a secret and no more, as most do. It allows provisioning for its organisation and nothing else. */
@ApplicationScoped
public class ServiceToken {
    @Inject
    @ConfigProperty(name = "zos.scim.token-file")
    private Optional<String> file;

    @Inject private TokenFiles files;

    /** Empty for what is no such token. */
    public Optional<TokenHolder> holder(String token) {
        return Optional.of(token).filter(each -> each.length() >= Setting.SCIM_TOKEN_LENGTH).flatMap(each -> files.owner(each, file.map(Path::of), Organisation.Own::scimToken))
                .map(organisation -> new TokenHolder("scim", "the provisioning service", Set.of(Role.PROVISIONER), organisation));
    }
}
