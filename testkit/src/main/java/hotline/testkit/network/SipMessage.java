package hotline.testkit.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A SIP request or response (RFC 3261), as text that keeps the order of its headers. */
public record SipMessage(String firstLine, List<Header> headers, String body) {

    public record Header(String name, String value) {}

    public static SipMessage parse(byte[] bytes, int length) {
        var text = new String(bytes, 0, length, UTF_8);
        var end = text.indexOf("\r\n\r\n");
        var lines = text.substring(0, end < 0 ? text.length() : end).split("\r\n");
        var headers = new ArrayList<Header>();
        for (var i = 1; i < lines.length; i++) {
            var colon = lines[i].indexOf(':');
            headers.add(new Header(
                    longName(lines[i].substring(0, colon).strip()),
                    lines[i].substring(colon + 1).strip()));
        }
        return new SipMessage(lines[0], headers, end < 0 ? "" : text.substring(end + 4));
    }

    private static String longName(String name) {
        return switch (name) {
            case "v" -> "Via";
            case "f" -> "From";
            case "t" -> "To";
            case "i" -> "Call-ID";
            case "m" -> "Contact";
            default -> name;
        };
    }

    /** A response to this request, with the headers that RFC 3261 §8.2.6.2 copies. */
    public SipMessage response(int status, String reason, String toTag) {
        var copied = new ArrayList<Header>();
        for (var header : headers) {
            switch (header.name()) {
                case "Via", "From", "Call-ID", "CSeq", "Record-Route" -> copied.add(header);
                case "To" ->
                    copied.add(
                            header.value().contains("tag=") || status == 100
                                    ? header
                                    : new Header("To", header.value() + ";tag=" + toTag));
                default -> {}
            }
        }
        return new SipMessage("SIP/2.0 " + status + " " + reason, copied, "");
    }

    public SipMessage with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new SipMessage(firstLine, more, body);
    }

    public SipMessage withSdp(String sdp) {
        return new SipMessage(firstLine, with("Content-Type", "application/sdp").headers, sdp);
    }

    boolean isRequest() {
        return !firstLine.startsWith("SIP/2.0");
    }

    /** The method of the request, or of the request that this answers. */
    public String method() {
        return header("CSeq").map(cseq -> cseq.substring(cseq.indexOf(' ') + 1)).orElse("");
    }

    int status() {
        return Integer.parseInt(firstLine.split(" ")[1]);
    }

    /** The user part of the request's URI: the number that is called. */
    public String calledNumber() {
        var uri = firstLine.split(" ")[1];
        var number = uri.substring(uri.indexOf(':') + 1);
        return number.split("[@;]")[0];
    }

    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    public String callId() {
        return header("Call-ID").orElse("");
    }

    /** Where the SDP wants audio to be sent. */
    InetSocketAddress media() {
        return new InetSocketAddress(
                sdp("c=IN IP4 ").split("/")[0], Integer.parseInt(sdp("m=audio ").split(" ")[0]));
    }

    private String sdp(String field) {
        return body.lines()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + field + " in " + firstLine));
    }

    public byte[] bytes() {
        var text = new StringBuilder(firstLine).append("\r\n");
        headers.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        text.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n\r\n");
        return text.append(body).toString().getBytes(UTF_8);
    }

    /** The whole message as text: where a test looks for what must not be in it. */
    @Override
    public String toString() {
        return new String(bytes(), UTF_8);
    }
}
