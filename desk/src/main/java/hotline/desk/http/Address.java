package hotline.desk.http;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Optional;

/** Where a request comes from, to be counted by. */
public final class Address {

    /** What one house gets of IPv6 (RFC 6177): whoever has one address of it has them all. */
    private static final int HOUSE_BYTES = 8;

    private Address() {}

    /** The address of the connection; where that is a proxy on this machine, what it says. */
    public static String of(HttpServerRequest request) {
        var peer = String.valueOf(request.remoteAddress().hostAddress());
        var told = request.getHeader("X-Real-IP");
        return house(told != null && isThisMachine(peer) ? told : peer);
    }

    /** Whether the visitor's browser runs on this machine, by the address that was typed into it. */
    static boolean isOfThisMachine(HttpServerRequest request) {
        var host = host(request);
        return host.isEmpty() || host.equals("localhost") || host.endsWith(".localhost") || isThisMachine(host);
    }

    /** The name or the address that was typed, without its port; empty where none came. */
    public static String host(HttpServerRequest request) {
        return Optional.ofNullable(request.authority())
                .map(authority -> authority.host().replaceAll("[\\[\\]]", ""))
                .orElse("");
    }

    private static boolean isThisMachine(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String house(String address) {
        try {
            var bytes = InetAddress.ofLiteral(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(HOUSE_BYTES, bytes.length));
        } catch (IllegalArgumentException e) {
            return "unknown";
        }
    }
}
