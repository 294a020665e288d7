import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Our AGI server, asterisk-java's and a bare echo, each in a process of its own, measured in turns by one load. */
class Agi {

    private static final List<String> KINDS = List.of("ours", "asterisk-java", "echo");
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final int UNTIL_COMPILED = 20_000;
    private static final int AT_A_TIME = 64;
    private static final int COMMANDS_A_SECOND = 10_000;

    private final Map<String, Server> servers = new LinkedHashMap<>();

    public static void main(String... arguments) throws Exception {
        var bench = new Agi();
        try {
            for (var kind : KINDS) {
                bench.servers.put(kind, Server.start(kind, Path.of(arguments[0])));
            }
            bench.run(Integer.parseInt(arguments[1]));
        } finally {
            bench.servers.values().forEach(it -> it.process.destroy());
        }
    }

    private void run(int rounds) throws Exception {
        for (var server : servers.values()) {
            for (var calls = 0; calls < UNTIL_COMPILED; ) {
                calls += closedLoop(server).seen.calls();
            }
        }
        tell(
                new Unit("call", it -> it.seen.calls()),
                AT_A_TIME + " calls at a time, each followed by the next",
                inTurns(rounds, this::closedLoop));
        var command = new Unit("command", it -> it.seen.nanos().length);
        tell(command, "1,000 open calls", inTurns(rounds, server -> open(server, 1_000)));
        tell(command, "10,000 open calls", inTurns(1, server -> open(server, 10_000)));
    }

    /** One round of one server; of the load, too, how much of the processors it took. */
    private record Measured(AgiLoad.Seen seen, int refused, double cpuSeconds, double loadSeconds, long megabytes) {}

    /** What is counted. */
    private record Unit(String name, ToDoubleFunction<Measured> count) {
        double perSecond(Measured it) {
            return count.applyAsDouble(it) / it.seen.seconds();
        }

        double cpuMicros(Measured it) {
            return it.cpuSeconds * 1e6 / count.applyAsDouble(it);
        }
    }

    private interface Round {
        Measured of(Server server) throws Exception;
    }

    private Measured closedLoop(Server server) throws Exception {
        try (var load = new AgiLoad(server.port)) {
            return measure(server, 0, () -> load.closedLoop(AT_A_TIME, ROUND));
        }
    }

    private Measured open(Server server, int calls) throws Exception {
        try (var load = new AgiLoad(server.port)) {
            var refused = load.open(calls);
            load.answer(COMMANDS_A_SECOND, ROUND.dividedBy(2));
            return measure(server, refused, () -> load.answer(COMMANDS_A_SECOND, ROUND));
        }
    }

    private static Measured measure(Server server, int refused, Callable<AgiLoad.Seen> round) throws Exception {
        var cpu = cpuSeconds(server.process.toHandle());
        var own = cpuSeconds(ProcessHandle.current());
        var seen = round.call();
        return new Measured(
                seen,
                refused,
                cpuSeconds(server.process.toHandle()) - cpu,
                cpuSeconds(ProcessHandle.current()) - own,
                server.residentMegabytes());
    }

    private static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    /** Each turn begins with another server: what else the machine does meets all of them. */
    private Map<String, List<Measured>> inTurns(int times, Round round) throws Exception {
        var measured = new LinkedHashMap<String, List<Measured>>();
        servers.keySet().forEach(it -> measured.put(it, new ArrayList<>()));
        for (var turn = 0; turn < times; turn++) {
            var order = new ArrayList<>(servers.keySet());
            Collections.rotate(order, -turn);
            for (var kind : order) {
                measured.get(kind).add(round.of(servers.get(kind)));
                // Meanwhile what the calls left behind is closed.
                Thread.sleep(300);
            }
        }
        return measured;
    }

    private static void tell(Unit unit, String what, Map<String, List<Measured>> measured) {
        System.out.printf(
                "%n| %s | %ss/s | CPU a %s, µs | p50, ms | p99 | p99.9 | refused | RSS, MB | load, cores |%n",
                what, unit.name, unit.name);
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        measured.forEach((kind, all) -> System.out.printf(
                "| %s | %,.0f | %.0f | %.2f | %.2f | %.2f | %.0f | %.0f | %.2f |%n",
                kind,
                median(all, unit::perSecond),
                median(all, unit::cpuMicros),
                median(all, it -> it.seen.millis(0.5)),
                median(all, it -> it.seen.millis(0.99)),
                median(all, it -> it.seen.millis(0.999)),
                median(all, it -> it.refused),
                median(all, it -> it.megabytes),
                median(all, it -> it.loadSeconds / it.seen.seconds())));
        var ours = measured.get(KINDS.getFirst());
        KINDS.stream().skip(1).forEach(kind -> {
            var theirs = measured.get(kind);
            System.out.printf(
                    "| ours / %s | %.2f | %.2f | %.2f | %.2f | %.2f | | | |%n",
                    kind,
                    ratio(ours, theirs, unit::perSecond),
                    ratio(ours, theirs, unit::cpuMicros),
                    ratio(ours, theirs, it -> it.seen.millis(0.5)),
                    ratio(ours, theirs, it -> it.seen.millis(0.99)),
                    ratio(ours, theirs, it -> it.seen.millis(0.999)));
        });
    }

    private static double median(List<Measured> all, ToDoubleFunction<Measured> figure) {
        return median(all.stream().mapToDouble(figure).toArray());
    }

    /** The median of the turns' ratios. */
    private static double ratio(List<Measured> ours, List<Measured> theirs, ToDoubleFunction<Measured> figure) {
        return median(IntStream.range(0, ours.size())
                .mapToDouble(i -> figure.applyAsDouble(ours.get(i)) / figure.applyAsDouble(theirs.get(i)))
                .toArray());
    }

    private static double median(double... figures) {
        Arrays.sort(figures);
        return (figures[(figures.length - 1) / 2] + figures[figures.length / 2]) / 2;
    }

    private record Server(Process process, int port) {

        /** As {@code ./hotline} starts ours. */
        static Server start(String kind, Path work) throws IOException {
            var process = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-Xmx512m",
                            "-Djdk.virtualThreadScheduler.parallelism=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-Dhotline.log=WARN",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "AgiServed",
                            kind,
                            work.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Server(process, Integer.parseInt(process.inputReader().readLine()));
        }

        long residentMegabytes() throws IOException {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(it -> it.startsWith("VmRSS"))
                    .mapToLong(it -> Long.parseLong(it.replaceAll("\\D", "")) / 1_024)
                    .sum();
        }
    }
}
