import hotline.agi.AgiLimits;
import hotline.agi.AgiServer;
import hotline.call.Flow;
import hotline.prompts.Phrase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.asteriskjava.fastagi.AgiHangupException;
import org.asteriskjava.fastagi.AgiScript;
import org.asteriskjava.fastagi.DefaultAgiServer;

/** One of the servers that are measured, in a process of its own: prints its port, and ends with its standard input. */
class AgiServed {

    static final int COMMANDS = 10;
    private static final String SOUND = "tips-menu";
    private static final int MOST_CALLS = 10_500;

    public static void main(String... arguments) throws IOException {
        System.out.println(
                switch (arguments[0]) {
                    case "ours" -> ours(Path.of(arguments[1]));
                    case "asterisk-java" -> asteriskJava();
                    default -> echo();
                });
        while (System.in.read() >= 0) {
            // The load goes on.
        }
        System.exit(0);
    }

    private static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    }

    private static int ours(Path home) {
        var menu = new Phrase(List.of(SOUND));
        Flow ten = call -> {
            call.answer();
            // The last command of a call is the server's own: that the flow is done.
            for (var command = 2; command < COMMANDS; command++) {
                call.say(menu);
            }
        };
        Flow endless = call -> {
            while (true) {
                call.say(menu);
            }
        };
        var flows = Map.of("ten", ten, "endless", endless);
        return new AgiServer(vertx(), AgiLimits.STANDARD, flows, home.resolve("tmp"), new SimpleMeterRegistry())
                .listen("127.0.0.1", 0)
                .await();
    }

    /** Its pool is made as large as it must be; as it comes, it takes a hundred calls. */
    private static int asteriskJava() throws IOException {
        AgiScript script = (request, channel) -> {
            try {
                if (request.getScript().equals("endless")) {
                    while (true) {
                        channel.exec("Background", SOUND);
                    }
                }
                channel.answer();
                for (var command = 2; command < COMMANDS; command++) {
                    channel.exec("Background", SOUND);
                }
                channel.setVariable("HOTLINE_DONE", "1");
            } catch (AgiHangupException _) {
                // Else it would be logged, as ours is not.
            }
        };
        var server = new DefaultAgiServer(script);
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setPort(free.getLocalPort());
        }
        server.setAddress(InetAddress.getLoopbackAddress());
        server.setMaximumPoolSize(MOST_CALLS);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                server.startup();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        return server.getPort();
    }

    private static int echo() {
        return vertx().createNetServer(new NetServerOptions().setTcpNoDelay(true))
                .connectHandler(socket -> new Echo(socket).open())
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    /** Reads and parses nothing: each piece that ends a line is answered by a line. */
    private static final class Echo {
        private static final Buffer COMMAND = Buffer.buffer("EXEC Background \"" + SOUND + "\"\n");
        private final NetSocket socket;
        private boolean endless;
        private boolean begun;
        private int said;

        Echo(NetSocket socket) {
            this.socket = socket;
        }

        void open() {
            socket.handler(this::answer).exceptionHandler(_ -> socket.close());
        }

        private void answer(Buffer arrived) {
            if (!begun) {
                endless |= arrived.toString().contains("agi_network_script: endless");
                var length = arrived.length();
                begun = length == 1 || arrived.getByte(length - 2) == '\n';
                if (!begun) {
                    return;
                }
            }
            if (endless || said++ < COMMANDS) {
                socket.write(COMMAND);
            } else {
                socket.close();
            }
        }
    }
}
