package org.zosgrid.cli.command;

import java.net.URI;
import java.util.Optional;
import org.zosgrid.cli.client.ControlPlane;
import org.zosgrid.cli.terminal.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "logout",
        mixinStandardHelpOptions = true,
        description = "End the login: at the control plane or the OpenID provider, and in the file it is kept in.",
        footer = {"", "Example:", "  zos logout"})
public final class LogoutCommand implements Runnable {
    @Mixin
    Output output = new Output();

    private static void end(LoginFile login) {
        if (login.renewal().isPresent()) {
            login.renewal().get().provider().revoke(login.renewal().get().refreshToken());
            return;
        }
        try {
            ControlPlane.withToken(URI.create(login.server()), login.token()).logOut();
        } catch (org.zosgrid.cli.client.RefusedException ended) {
            // it had ended before: what was wanted
        }
    }

    @Override
    public void run() {
        Optional<LoginFile> login;
        try {
            login = LoginFile.read();
        } finally {
            LoginFile.remove();
        }
        login.ifPresent(LogoutCommand::end);
        output.print(Json.object().put("loggedOut", login.map(LoginFile::name).orElse("")), () -> login.map(each -> each.name() + " is logged out").orElse("nobody was logged in"));
    }
}
