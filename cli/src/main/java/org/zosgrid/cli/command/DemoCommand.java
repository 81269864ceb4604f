package org.zosgrid.cli.command;

import java.util.concurrent.Callable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.demo.Demo;
import org.zosgrid.cli.stage.Leftovers;
import org.zosgrid.cli.stage.PassingStage;
import org.zosgrid.cli.stage.Stage;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Steps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "The main job on real parts: from keys through the approval workflow to an answered HTTP request, then the attacks, then the removal (as root).",
            "Begins afresh: what an earlier demonstration left in .zos/ is erased.",
            "Leaves the system up to look around in; './zos down' stops it."
        },
        footer = {"", "Examples:", "  ./zos demo", "  ./zos demo --once      run through, check, tear down; exit code 1 if any step failed"})
public final class DemoCommand implements Callable<Integer> {
    @Mixin
    StageOption stage = new StageOption();

    @Option(names = "--once", description = "Tear everything down afterwards, also after a failure or a signal, and erase it if all went well.")
    boolean once;

    @Mixin
    Output output = new Output();

    @Override
    public Integer call() throws Exception {
        Stage played = stage.stage();
        Steps steps = new Steps(output.json ? System.err : System.out);
        if (played.isUp()) {
            throw new CliException("it is up already; './zos down' stops it, then the demonstration begins afresh");
        }
        if (once) {
            playOnce(played, steps);
        } else {
            // The story has a beginning: no keys, no contracts.
            played.erase();
            steps.chapter("The stage");
            stage.up(played, steps);
            new Demo(played, steps).play();
        }
        output.print(
                Json.object().put("steps", steps.finished().size()).put("seconds", steps.elapsed().toMillis() / 1000.0).put("good", true),
                () -> "\nDone: " + steps.finished().size() + " steps in " + Steps.time(steps.elapsed()) + "."
                        + (once ? "" : "\nThe system is up." + stage.whereToLook(played)));
        return 0;
    }

    private static void playOnce(Stage stage, Steps steps) throws Exception {
        steps.chapter("The stage");
        PassingStage passing = PassingStage.up(stage, steps);
        try {
            new Demo(stage, steps).play();
        } finally {
            steps.chapter("The end");
            steps.step("Everything stopped; no process, namespace, mount or cgroup is left", () -> {
                passing.close();
                new Leftovers(stage).check();
                return true;
            });
        }
        stage.erase();
    }
}
