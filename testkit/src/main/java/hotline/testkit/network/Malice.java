package hotline.testkit.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;

/** What strangers send. */
public final class Malice {

    /** Of what they say of themselves; none of it may be found again. */
    public static final String WORDS = "(?s).*(Mallory|2125550|EVAL|evaluated|injected).*";

    /** What is none of our numbers; {@code %s} is where the hotline is. */
    public static final List<String> ELSEWHERE = List.of(
            "sip:16175551234@%s",
            "sip:+12125551234@%s",
            "sip:19005551234@%s",
            "sip:12129761234@%s",
            "sip:19005551234@%s;user=phone",
            "sip:19005551234;phone-context=+1@%s",
            "sip:1900%%35551234@%s",
            "sip:011442071234567@%s",
            "sip:00442071234567@%s",
            "sip:911@%s",
            "sip:*72@%s",
            "sip:*7219005551234@%s",
            "sip:%%2321%%23@%s",
            "tel:+19005551234",
            "tel:7042;phone-context=elsewhere.invalid",
            "sip:18004948477&19005551234@%s",
            "sip:18004948477,1@%s",
            "sip:18004948477%%26Local%%2Fs%%40offer@%s",
            "sip:18004948477%%00@%s",
            "sip:18004948477%%0A@%s",
            "sip:018004948477@%s",
            "sip:%%24%%7BSHELL(id)%%7D@%s",
            "sip:%%24%%7BEVAL(%%24%%7BEXTEN%%7D)%%7D@%s",
            "sip:Local%%2Fs%%40offer@%s",
            "sip:Local/16175551234@%s",
            "sip:PJSIP%%2F19005551234%%40trunk@%s",
            "sip:s@%s",
            "sip:h@%s",
            "sip:T@%s",
            "sip:offer@%s",
            "sip:tip-line@%s",
            "sip:browser@%s",
            "sip:trunk@%s",
            "sip:%s",
            "sip:19005551234@elsewhere.invalid");

    /** What a caller may be called; as bytes, so that not all of it is UTF-8. */
    public static final List<String> NAMES = List.of(
            "\"Mallory \\\"quoted\\\\\" <sip:+12125550001@x>",
            "\"Mallory %0Aagi_network_script: injected\" <sip:+12125550001@x>",
            "\"Mallory\r\n folded: injected\" <sip:+12125550001@x>",
            "\"Mallory\\\ninjected: 1\" <sip:+12125550001@x>",
            "\"Mallory\rinjected: 1\" <sip:+12125550001@x>",
            "\"Mallory\0injected\" <sip:+12125550001@x>",
            "\"Mallory\u0001\u001b[2J\" <sip:+12125550001@x>",
            "\"Mallory José\" <sip:+12125550001@x>",
            "\"Mallory " + new String("電話 🙂".getBytes(UTF_8), ISO_8859_1) + "\" <sip:+12125550001@x>",
            "\"Mallory " + "x".repeat(400) + "\" <sip:+12125550001@x>",
            "\"Mallory] = 1 | $[1\" <sip:+12125550001@x>",
            "\"Mallory,1)&Local/s@offer\" <sip:+12125550001,1&2@x>",
            "\"${EVAL(${GLOBAL(STAFF_COUNT)})}\" <sip:%24%7BEVAL(1)%7D@x>",
            "\"${SET(GLOBAL(STAFF_COUNT)=evaluated)}\" <sip:+12125550001@x>",
            "<sip:+12125550001%0Aagi_network_script%3A%20injected@x>",
            "<sip:+12125550001%0D%0A%0D%0Ainjected@x>",
            "<sip:+12125550001%00injected@x>",
            "<sip:+12125550001\"%20injected@x>",
            "<sip:1%22)%7D%20%7C%201%5D%20injected@x>",
            "<sip:+12125550001;x=%0Aagi_callerid%3A%20injected@x>",
            "<sip:" + "2125550".repeat(60) + "@x>",
            "<tel:+12125550001;ext=%0Ainjected>");

    /** In the style of RFC 4475: what is replaced in a sound INVITE, and with what. */
    public static final Map<String, String> DAMAGES = Map.ofEntries(
            Map.entry("Content-Length: \\d+", "Content-Length: -999"),
            Map.entry("(?<!-)Content-Length: (\\d+)", "Content-Length: 99999"),
            Map.entry("Content-Length:", "Content-Length: many"),
            Map.entry("CSeq: 1 INVITE", "CSeq: -1 INVITE"),
            Map.entry("CSeq: 1 ", "CSeq: 4294967301 "),
            Map.entry("CSeq: 1", "CSeq: 1 BYE\r\nX: 1"),
            Map.entry("To: .*\r\n", ""),
            Map.entry("From: ", "X-Who: "),
            Map.entry("Via: .*\r\n", ""),
            Map.entry("Call-ID: .*\r\n", ""),
            Map.entry("CSeq: .*\r\n", ""),
            Map.entry("Call-ID: ", "Call-ID: a\0b"),
            Map.entry("Max-Forwards: 70", "a line that has none"),
            Map.entry("Max-Forwards: 7", "Max-Forwards: -"),
            Map.entry("Max-Forwards: ", "X-Huge: " + "A".repeat(60_000) + "\r\nMax-Forwards: "),
            Map.entry("Max-Forwards", "Via: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx\r\n".repeat(1_000) + "Max-Forwards"),
            Map.entry("\"Mallory\"", "\"Mallory"),
            Map.entry("SIP/2.0\r\n", "SIP/7.0\r\n"),
            Map.entry("INVITE sip:", "INVITE nobodyKnowsThisScheme:"),
            Map.entry("INVITE sip:\\d+", "INVITE <sip:1>"),
            Map.entry("INVITE sip:.* SIP/2.0\r\nVia", "SIP/2.0 4294967301 OK\r\nVia"),
            Map.entry("m=audio 9", "m=audio 99999999999"),
            Map.entry("v=0(?s:.*)", "\0\u0001\u0002\u00ff" + "\u00fe".repeat(1_000)),
            Map.entry("a=rtpmap", "m=audio 9 RTP/AVP 0\r\n".repeat(300) + "a=rtpmap"),
            Map.entry("application/sdp", "multipart/mixed;boundary=\""),
            Map.entry("branch=", "branch=" + "b".repeat(5_000)));

    private Malice() {}
}
