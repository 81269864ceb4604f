package org.zosgrid.cli.command;

import java.util.concurrent.Callable;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start a whole system on this machine: control plane, image hub, a compute node, a gateway node, an internet (as root).",
        footer = {"", "What it keeps lies in .zos/ beside the script (ZOS_HOME names another place); './zos down' stops it.", "",
            "Example:", "  ./zos up --set zos.webhooks.allow=http://127.0.0.1:9000 --set zos.webhooks.attempts=3"})
public final class UpCommand implements Callable<Integer> {
    @Mixin
    StageOption stage = new StageOption();

    @Mixin
    SettingsOptions settings = new SettingsOptions();

    @Mixin
    Output output = new Output();

    @Override
    public Integer call() throws Exception {
        Stage started = stage.stage();
        settings.giveTo(started);
        Steps steps = new Steps(output.json ? System.err : System.out);
        stage.up(started, steps);
        output.print(
                Json.object().put("server", started.controlPlaneAddress().toString()).put("hub", started.hub().toString())
                        .put("seconds", steps.elapsed().toMillis() / 1000.0),
                () -> "\nUp in " + Steps.time(steps.elapsed()) + "." + stage.whereToLook(started));
        return 0;
    }
}
