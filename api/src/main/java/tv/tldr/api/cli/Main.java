package tv.tldr.api.cli;

import picocli.CommandLine;

/** The way into the program. */
public final class Main {
    private Main() {}

    static void main(String[] args) {
        Cleanup cleanup = Cleanup.ofProcess();
        int code = commandLine(Surroundings.ofProcess(), cleanup).execute(args);
        cleanup.finish();
        System.exit(code);
    }

    /** The commands, ready to parse; {@code cleanup} is run by whoever executes them. */
    static CommandLine commandLine(Surroundings surroundings, Cleanup cleanup) {
        CommandLine line = new CommandLine(new TldrCommand())
                .addSubcommand(new AnalyzeCommand(surroundings, cleanup))
                .addSubcommand(new ServeCommand(surroundings, cleanup))
                .addSubcommand(new ExplainCommand(surroundings, cleanup))
                .addSubcommand(new ReanalyzeCommand(surroundings, cleanup))
                .addSubcommand(new EvaluateCommand(surroundings, cleanup))
                .addSubcommand(new DimensionsCommand(surroundings, cleanup))
                .addSubcommand(new WebhooksCommand(surroundings, cleanup))
                .addSubcommand(new ConfigCommand(surroundings))
                .addSubcommand(new DoctorCommand(surroundings))
                .addSubcommand(new StreamsCommand(surroundings, cleanup))
                .addSubcommand(new KeysCommand(surroundings, cleanup))
                .addSubcommand(new OrganizationsCommand(surroundings, cleanup))
                .addSubcommand(new QueueCommand(surroundings, cleanup))
                .addSubcommand(new CommandLine(new DbCommand(surroundings, cleanup))
                        .addSubcommand(new DbBackupCommand(surroundings, cleanup))
                        .addSubcommand(new DbVerifyCommand(surroundings, cleanup))
                        .addSubcommand(new DbRestoreCommand(surroundings, cleanup)))
                .addSubcommand(new StorageCommand(surroundings, cleanup))
                .addSubcommand(new HistoriesCommand(surroundings, cleanup))
                .addSubcommand(new SupportBundleCommand(surroundings, cleanup))
                .addSubcommand(new OpenApiCommand(surroundings))
                .addSubcommand(new TestCommand())
                .addSubcommand(new WarmUpCommand(surroundings, cleanup));
        addHelp(line);
        return line.setUsageHelpWidth(surroundings.width() == 0 ? 100 : Math.clamp(surroundings.width(), 60, 100))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        surroundings.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(Faults::usage)
                .setExecutionExceptionHandler(new Faults(surroundings, cleanup));
    }

    private static void addHelp(CommandLine line) {
        for (CommandLine command : line.getSubcommands().values()) {
            command.getCommandSpec()
                    .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
                            .usageHelp(true)
                            .description("This page.")
                            .build());
            addHelp(command);
        }
    }
}
