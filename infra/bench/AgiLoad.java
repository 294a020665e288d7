import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;

/**
 * Acts as Asterisk with many calls, on one thread: says each call's environment a line at a time, and answers its commands;
 * its sockets have no options, as Asterisk's have none. A command's time is from the reply before it to its arrival.
 */
final class AgiLoad implements AutoCloseable {

    private static final List<String> ENVIRONMENT = List.of(
            "agi_request: agi://127.0.0.1/call",
            "agi_channel: PJSIP/trunk-00000001",
            "agi_language: en",
            "agi_type: PJSIP",
            "agi_uniqueid: 1780000000.1",
            "agi_version: 22.10.1",
            "agi_callerid: 6175551234",
            "agi_calleridname: unknown",
            "agi_callingpres: 0",
            "agi_callingani2: 0",
            "agi_callington: 0",
            "agi_callingtns: 0",
            "agi_dnid: 6174310125",
            "agi_rdnis: unknown",
            "agi_context: from-trunk",
            "agi_extension: 6174310125",
            "agi_priority: 3",
            "agi_enhanced: 0.0",
            "agi_accountcode: ",
            "agi_threadid: 139872345678592",
            "");

    private static final ByteBuffer REPLY = line("200 result=0");
    private static final List<ByteBuffer> TEN = environment("ten");
    private static final List<ByteBuffer> ENDLESS = environment("endless");

    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final ByteBuffer arrived = ByteBuffer.allocateDirect(4_096);
    private final Queue<Call> toAnswer = new ArrayDeque<>();
    private long[] nanos = new long[1 << 20];
    private int commands;
    private int ended;

    AgiLoad(int port) throws IOException {
        server = new InetSocketAddress("127.0.0.1", port);
    }

    /** What was seen in one round; {@code nanos} are sorted. */
    record Seen(double seconds, int calls, long[] nanos) {
        double millis(double part) {
            return nanos[(int) Math.min(nanos.length - 1, part * nanos.length)] / 1e6;
        }
    }

    /** So many calls at a time, each answered at once and followed by the next. */
    Seen closedLoop(int atATime, Duration time) throws IOException {
        var calls = 0;
        for (ended = atATime; ended > 0; ended--) {
            call(TEN);
        }
        var began = System.nanoTime();
        while (System.nanoTime() - began < time.toNanos()) {
            selector.select(key -> {
                read(key);
                for (var call = toAnswer.poll(); call != null; call = toAnswer.poll()) {
                    call.answer();
                }
            }, 100);
            for (; ended > 0; ended--, calls++) {
                call(TEN);
            }
        }
        return seen(began, calls);
    }

    /** Opens so many calls, and waits for the first command of each; how many of them were refused. */
    int open(int calls) throws IOException {
        for (var i = 0; i < calls; i++) {
            call(ENDLESS);
            selector.selectNow(this::read);
        }
        var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (toAnswer.size() + ended < calls && System.nanoTime() < until) {
            selector.select(this::read, 100);
        }
        return calls - toAnswer.size();
    }

    /** Answers so many commands a second of the calls that are open, those first that wait longest. */
    Seen answer(int commandsPerSecond, Duration time) throws IOException {
        var calls = toAnswer.size();
        commands = 0;
        var began = System.nanoTime();
        var answered = 0L;
        for (var passed = 0L; passed < time.toNanos(); passed = System.nanoTime() - began) {
            for (var due = passed / 1_000 * commandsPerSecond / 1_000_000; answered < due; answered++) {
                var call = toAnswer.poll();
                if (call != null) {
                    call.answer();
                }
            }
            selector.select(this::read, 1);
        }
        return seen(began, calls);
    }

    private Seen seen(long began, int calls) {
        var times = Arrays.copyOf(nanos, commands);
        Arrays.sort(times);
        return new Seen((System.nanoTime() - began) / 1e9, calls, times);
    }

    private void call(List<ByteBuffer> environment) throws IOException {
        var channel = SocketChannel.open(server);
        try {
            for (var line : environment) {
                channel.write(line.duplicate());
            }
        } catch (IOException _) {
            // Refused, which is seen when it is read.
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Call(channel));
    }

    private void read(SelectionKey key) {
        var call = (Call) key.attachment();
        try {
            arrived.clear();
            var read = call.channel.read(arrived);
            if (read < 0) {
                call.channel.close();
                ended++;
            } else if (read > 0 && arrived.get(read - 1) == '\n') {
                took(call);
            }
        } catch (IOException e) {
            ended++;
            key.cancel();
        }
    }

    private void took(Call call) {
        if (call.answeredAt != 0) {
            if (commands == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * commands);
            }
            nanos[commands++] = System.nanoTime() - call.answeredAt;
        }
        toAnswer.add(call);
    }

    private static final class Call {
        private final SocketChannel channel;
        private long answeredAt;

        Call(SocketChannel channel) {
            this.channel = channel;
        }

        void answer() {
            answeredAt = System.nanoTime();
            try {
                channel.write(REPLY.duplicate());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<ByteBuffer> environment(String flow) {
        var lines = Stream.of("agi_network: yes", "agi_network_script: " + flow);
        return Stream.concat(lines, ENVIRONMENT.stream()).map(AgiLoad::line).toList();
    }

    private static ByteBuffer line(String line) {
        var bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    @Override
    public void close() throws IOException {
        for (var key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
