package io.tcpsnap.docs;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The manual page, in the roff of man(7), derived from the declarations of commands. */
public final class ManPage {
    /** Columns of a synopsis, which man indents. */
    private static final int WIDTH = 72;

    private ManPage() {}

    /**
     * The page of a program: each command a section of it.
     *
     * @param version stands in the page's foot
     */
    public static String of(CommandSpec program, String version) {
        StringBuilder page = new StringBuilder();
        String name = program.name();
        page.append(".TH %s 1 \"\" \"%s\"\n".formatted(name.toUpperCase(Locale.ROOT), escaped(version)));
        page.append(".nh\n.ad l\n"); // names of sources and options are not broken
        page.append(".SH NAME\n%s \\- %s\n".formatted(name, summary(program)));
        page.append(".SH SYNOPSIS\n").append(synopsis(program));
        page.append(".SH OPTIONS\n").append(arguments(program));
        page.append(".SH COMMANDS\n");
        program.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .distinct()
                .filter(command -> !command.usageMessage().hidden())
                .forEach(command -> page.append(command(command)));
        page.append(".SH NOTES\n")
                .append(verbatim(List.of(program.usageMessage().footer())));
        page.append(".SH SEE ALSO\n.BR ss (8),\n.BR tcp (7),\n.BR sock_diag (7)\n");
        return page.toString();
    }

    private static String command(CommandSpec command) {
        return ".SS %s\n%s\n"
                        .formatted(command.name(), prose(command.usageMessage().description()))
                + synopsis(command)
                + arguments(command)
                + verbatim(List.of(command.usageMessage().footer()));
    }

    /** The description as the second half of "name - what it is". */
    private static String summary(CommandSpec program) {
        return prose(program.usageMessage().description()).replaceFirst("\\.$", "");
    }

    private static String synopsis(CommandSpec command) {
        command.usageMessage().width(WIDTH);
        return verbatim(new CommandLine.Help(command, CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .synopsis(0)
                .lines()
                .toList());
    }

    private static String arguments(CommandSpec command) {
        return command.positionalParameters().stream()
                        .filter(argument -> !argument.hidden())
                        .map(argument -> argument("\\fI" + escaped(argument.paramLabel()) + "\\fR", argument))
                        .collect(Collectors.joining())
                + command.options().stream()
                        .filter(option -> !option.hidden())
                        .map(option -> argument(names(option), option))
                        .collect(Collectors.joining());
    }

    private static String names(OptionSpec option) {
        String names = Stream.of(option.names())
                .map(name -> "\\fB" + escaped(name) + "\\fR")
                .collect(Collectors.joining(", "));
        return option.arity().max() == 0 ? names : names + " \\fI" + escaped(option.paramLabel()) + "\\fR";
    }

    private static String argument(String name, ArgSpec argument) {
        return ".TP\n%s\n%s\n".formatted(name, prose(argument.description()));
    }

    private static String prose(String[] lines) {
        return line(String.join(" ", lines).replace("%%", "%").replace("%n", " "));
    }

    private static String verbatim(List<String> lines) {
        return lines.isEmpty()
                ? ""
                : lines.stream()
                        .map(line -> line(line.replace("%%", "%")))
                        .collect(Collectors.joining("\n", ".PP\n.nf\n", "\n.fi\n"));
    }

    /** Text that roff takes for text also where it begins a line. */
    private static String line(String text) {
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + escaped(text) : escaped(text);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
