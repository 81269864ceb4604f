package org.zosgrid.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.zosgrid.cli.store.StoreProgram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "zdb",
        mixinStandardHelpOptions = true,
        description = {
            "Run, look into and look after Zero-DB, the append-only store.",
            "info, scan, history, compact and replicate speak to a store that runs; verify, rebuild-index, export and import work on folders that no store uses."
        },
        subcommands = {
            ZdbCommand.Serve.class,
            ZdbOnline.Info.class,
            ZdbOnline.Scan.class,
            ZdbOnline.History.class,
            ZdbOnline.Compact.class,
            ZdbReplicate.class,
            ZdbOffline.Verify.class,
            ZdbOffline.RebuildIndex.class,
            ZdbOffline.Import.class,
            ZdbOffline.Export.class
        })
public final class ZdbCommand {

    @Command(
            name = "serve",
            description = {
                "Run a store until it is told to end. The options are the original's; they are handed to the store's own program as they are.",
                "",
                "  --data DIR        where data lies (default: ./zdb-data)     --index DIR      where indexes lie (default: as --data)",
                "  --listen ADDRESS  (default: 127.0.0.1)                      --port PORT      (default: 9900)",
                "  --socket PATH     a unix socket, instead of TCP             --dualnet        both",
                "  --tls-port PORT   TLS 1.3 with X25519MLKEM768, both sides with certificates, beside the others",
                "  --tls-identity DIR  its certificate, key and authority",
                "  --mode user|seq   for every namespace                       --datasize BYTES a data file's most (default: 256 MiB)",
                "  --maxsize BYTES   of the default namespace                  --rotate SECONDS close data files at least that often",
                "  --capacity BYTES  of all data files together (default: what the disk has)",
                "  --replicaof HOST:PORT  be a secondary of that store from the first start",
                "  --primary-name NAME  with --tls-identity: reach it by TLS; whose certificate it must have",
                "  --admin PASSWORD  for AUTH; none: everybody is admin        --protect        default namespace read-only until AUTH",
                "  --sync            answer a write when it is on the disk (default)",
                "  --synctime SECONDS  answer at once, sync that often; 0.05 is fine",
                "  --nosync          answer at once, sync when the operating system does",
                "  --secure          sync a data file when it is closed        --hook PROGRAM   told of events",
                "  --background      return as soon as it answers              --logfile FILE   where it writes what it has to say",
                "  --verbose         say more                                  --dump           print the index and end",
                "  --version         of the store                              --help           this"
            },
            footer = {
                "",
                "Examples:",
                "  ./zos zdb serve --data /mnt/ssd/zdb --port 9900",
                "  ./zos zdb serve --data /mnt/hdd/zdb --index /mnt/ssd/zdb-index --mode seq --synctime 1 --background --logfile zdb.log"
            })
    static final class Serve implements Callable<Integer> {
        @picocli.CommandLine.Option(names = {"-h", "--help"}, usageHelp = true, hidden = true, description = "Show this help message and exit.")
        boolean help;

        @Parameters(arity = "0..*", paramLabel = "OPTION…", hidden = true)
        List<String> options = new ArrayList<>();

        @picocli.CommandLine.Unmatched
        List<String> unmatched = new ArrayList<>();

        @picocli.CommandLine.Spec
        picocli.CommandLine.Model.CommandSpec spec = picocli.CommandLine.Model.CommandSpec.create();

        @Override
        public Integer call() {
            // As they were given, in their order: this command knows none of them itself.
            return StoreProgram.run(spec.commandLine().getParseResult().originalArgs().stream().dropWhile(each -> !each.equals("serve")).skip(1).toList());
        }
    }
}
