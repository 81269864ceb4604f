package org.zosgrid.cli.command;

import java.util.concurrent.Callable;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stop what 'up' or 'demo' started: no process, namespace, mount, cgroup or loop device stays.")
public final class DownCommand implements Callable<Integer> {
    @Mixin
    StageOption stage = new StageOption();

    @Option(names = "--erase", description = "Remove its keys, data and logs as well.")
    boolean erase;

    @Mixin
    Output output = new Output();

    @Override
    public Integer call() throws Exception {
        Stage stopped = stage.stage();
        new Steps(output.json ? System.err : System.out).step("Everything stopped, nodes cleaned up, networks removed", () -> {
            stopped.down();
            return true;
        });
        if (erase) {
            stopped.erase();
        }
        output.print(Json.object().put("state", "down").put("erased", erase), () -> erase ? "Keys, data and logs are gone." : "Keys, data and logs are kept; --erase removes them.");
        return 0;
    }
}
