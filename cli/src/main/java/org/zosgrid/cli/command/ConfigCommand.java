package org.zosgrid.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.zosgrid.cli.CliException;
import org.zosgrid.cli.terminal.Json;
import org.zosgrid.cli.terminal.Table;
import org.zosgrid.settings.Setting;
import org.zosgrid.settings.Settings;
import org.zosgrid.settings.SettingsException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Look at a control plane's configuration as the control plane would.",
        subcommands = ConfigCommand.Show.class)
public final class ConfigCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return CommandLine.ExitCode.USAGE;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Print every setting in force and where it comes from: this environment, the file, or the default. Fails where the control plane would not start.",
            footer = {"", "Example:", "  zos config show --config /etc/zos/control-plane.properties"})
    static final class Show implements Runnable {
        @Option(names = "--config", required = true, paramLabel = "FILE", description = "The control plane's properties.")
        Path file = Path.of("");

        @Mixin
        Output output = new Output();

        @Override
        public void run() {
            try {
                Settings settings = Settings.read(file, System.getenv());
                settings.warnings().forEach(warning -> System.err.println("zos: " + warning));
                output.print(whole(settings), () -> readable(settings));
            } catch (SettingsException refused) {
                throw new CliException(String.valueOf(refused.getMessage()));
            }
        }

        private static ObjectNode whole(Settings settings) {
            ObjectNode json = Json.object();
            ArrayNode items = json.putArray("settings");
            settings.values().forEach((setting, value) -> items.addObject().put("key", setting.key()).put("value", Settings.shown(setting, value.text())).put("source", value.source()));
            return json;
        }

        private static String readable(Settings settings) {
            Table table = new Table("SETTING", "VALUE", "FROM");
            for (Map.Entry<Setting, Settings.Value> each : settings.values().entrySet()) {
                table.row(each.getKey().key(), Settings.shown(each.getKey(), each.getValue().text()), each.getValue().source());
            }
            return table.toString().stripTrailing();
        }
    }
}
