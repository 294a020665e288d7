package hotline;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** A server that cannot listen says where, and does not live on without its pages. */
final class PortUnavailableTest {

    private static final String SETTING = "HOTLINE_HTTP=127.0.0.1:8080";

    @Test
    void the_setting_is_named_whose_port_another_program_has() throws IOException {
        var vertx = Vertx.vertx();
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var listening = vertx.createHttpServer()
                    .requestHandler(request -> request.response().end())
                    .listen(other.getLocalPort(), "127.0.0.1");
            var refused = assertThrows(PortUnavailable.class, () -> PortUnavailable.unless(listening, SETTING));
            assertTrue(String.valueOf(refused.getMessage()).startsWith(SETTING + ": "), refused.getMessage());
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void whoever_gets_the_port_goes_on() {
        var vertx = Vertx.vertx();
        PortUnavailable.unless(
                vertx.createHttpServer()
                        .requestHandler(request -> request.response().end())
                        .listen(0, "127.0.0.1"),
                SETTING);
        vertx.close().await();
    }
}
