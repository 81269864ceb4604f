package org.zosgrid.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.zosgrid.cli.command.AgentCommand;
import org.zosgrid.cli.command.ApproveCommand;
import org.zosgrid.cli.command.AuditCommand;
import org.zosgrid.cli.command.BackupCommand;
import org.zosgrid.cli.command.BenchCommand;
import org.zosgrid.cli.command.ConfigCommand;
import org.zosgrid.cli.command.DecommissionCommand;
import org.zosgrid.cli.command.DemoCommand;
import org.zosgrid.cli.command.DeployCommand;
import org.zosgrid.cli.command.DownCommand;
import org.zosgrid.cli.command.EmergencyCommand;
import org.zosgrid.cli.command.ImageCommand;
import org.zosgrid.cli.command.IncidentsCommand;
import org.zosgrid.cli.command.KeysCommand;
import org.zosgrid.cli.command.ListCommand;
import org.zosgrid.cli.command.LoginCommand;
import org.zosgrid.cli.command.LogoutCommand;
import org.zosgrid.cli.command.LogsCommand;
import org.zosgrid.cli.command.ModelCommand;
import org.zosgrid.cli.command.NodeCommand;
import org.zosgrid.cli.command.PackageCommand;
import org.zosgrid.cli.command.PauseCommand;
import org.zosgrid.cli.command.PlanCommand;
import org.zosgrid.cli.command.QuotaCommand;
import org.zosgrid.cli.command.RejectCommand;
import org.zosgrid.cli.command.RepairCommand;
import org.zosgrid.cli.command.RestoreCommand;
import org.zosgrid.cli.command.ResumeCommand;
import org.zosgrid.cli.command.ReviewCommand;
import org.zosgrid.cli.command.RollbackCommand;
import org.zosgrid.cli.command.SignCommand;
import org.zosgrid.cli.command.StatusCommand;
import org.zosgrid.cli.command.TestCommand;
import org.zosgrid.cli.command.TerminalCommand;
import org.zosgrid.cli.command.TopCommand;
import org.zosgrid.cli.command.TrustCommand;
import org.zosgrid.cli.command.UpCommand;
import org.zosgrid.cli.command.UserCommand;
import org.zosgrid.cli.command.WebhookCommand;
import org.zosgrid.cli.command.WithdrawCommand;
import org.zosgrid.cli.command.ZdbCommand;
import org.zosgrid.contract.ContractException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The command line's door: the commands, in the order in which one meets them. */
@Command(
        name = "zos",
        version = "zos 0.1.0",
        mixinStandardHelpOptions = true,
        description = "Quantum-Safe Compute System: nothing runs unless enough people signed it, and the node itself checks.",
        subcommands = {
            DemoCommand.class,
            TestCommand.class,
            UpCommand.class,
            DownCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            KeysCommand.class,
            TrustCommand.class,
            ImageCommand.class,
            PlanCommand.class,
            DeployCommand.class,
            ApproveCommand.class,
            RejectCommand.class,
            WithdrawCommand.class,
            ListCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            TopCommand.class,
            TerminalCommand.class,
            RepairCommand.class,
            RollbackCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            DecommissionCommand.class,
            IncidentsCommand.class,
            EmergencyCommand.class,
            ReviewCommand.class,
            ModelCommand.class,
            NodeCommand.class,
            SignCommand.class,
            AuditCommand.class,
            WebhookCommand.class,
            QuotaCommand.class,
            UserCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            ConfigCommand.class,
            AgentCommand.class,
            ZdbCommand.class,
            BenchCommand.class,
            PackageCommand.class,
            HelpCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./zos demo                                      the whole story on this machine (as root)",
            "  ./zos keys new --out alice.pem",
            "  ./zos image publish ./layout:1.0 demo/web:1.0 --key erin.pem",
            "  ./zos deploy -f shop.yaml --key alice.pem",
            "  ./zos approve shop --key bob.pem",
            "  ./zos status shop --watch --key alice.pem",
            "",
            "Exit codes: 0 done, 1 it failed (one line says why), 2 the command line was wrong."
        })
public final class Zos implements Callable<Integer> {

    private static final int WIDTH = 130;

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command line; returns its exit code. */
    public static int run(String... arguments) {
        CommandLine line = new CommandLine(new Zos());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(WIDTH);
        line.setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command.getErr()));
        line.setParameterExceptionHandler(Zos::explainUsage);
        return line.execute(arguments);
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 2;
    }

    private static int explainUsage(ParameterException failure, String[] arguments) {
        PrintWriter err = failure.getCommandLine().getErr();
        err.println("zos: " + failure.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("     '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help' shows how it is used.");
        }
        return 2;
    }

    private static int explain(Exception failure, PrintWriter err) {
        switch (failure) {
            case ContractException refused -> {
                err.println("zos: " + (refused.faults().size() == 1 ? "one thing is wrong:" : refused.faults().size() + " things are wrong:"));
                refused.faults().forEach(fault -> err.println("  " + fault.field() + ": " + fault.problem()
                        + (fault.value().isEmpty() ? "" : " (is: " + fault.value() + ")")));
            }
            case CliException expected -> err.println("zos: " + expected.getMessage());
            case java.nio.file.NoSuchFileException absent -> err.println("zos: there is no file " + absent.getMessage());
            default -> {
                err.println("zos: " + failure);
                if (System.getenv("ZOS_TRACE") != null) {
                    failure.printStackTrace(err);
                }
            }
        }
        return 1;
    }
}
