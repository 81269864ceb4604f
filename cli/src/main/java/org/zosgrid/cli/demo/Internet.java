package org.zosgrid.cli.demo;

import org.zosgrid.cli.CliException;
import org.zosgrid.cli.stage.Shell;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.stage.StageNetwork;

/** Somebody on the internet: a process in the internet namespace, which reaches the gateway's public address and nothing else. */
final class Internet {
    private final Stage stage;

    Internet(Stage stage) {
        this.stage = stage;
    }

    /** Fetches a page by host name from the gateway's public address. */
    Shell.Result get(String host) {
        return Shell.attempt(StageNetwork.inside(stage.network().internet(), "curl", "--silent", "--show-error", "--fail", "--max-time", "5", "--header",
                "Host: " + host, "http://" + StageNetwork.PUBLIC_GATEWAY + "/"));
    }

    /** The page; fails when there is none. */
    String page(String host) {
        Shell.Result result = get(host);
        if (!result.good()) {
            throw new CliException("no answer for " + host + " from the internet: " + result.output().strip());
        }
        return result.output();
    }

    /** Whether a connection comes about; curl's exit codes 7 and 28 say that none did. */
    boolean reaches(String address, int port) {
        int exit = Shell.attempt(StageNetwork.inside(stage.network().internet(), "curl", "--silent", "--connect-timeout", "1", "http://" + address + ":" + port + "/")).exit();
        return exit != 7 && exit != 28;
    }
}
