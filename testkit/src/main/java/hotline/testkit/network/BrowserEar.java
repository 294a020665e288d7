package hotline.testkit.network;

import com.microsoft.playwright.Page;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What is heard in a browser's page. The sound is taken as it arrives, not as it is played: on a busy machine a browser
 * stretches it and leaves gaps, which is no fault of ours.
 */
public final class BrowserEar {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double LOOK_EVERY_MS = 150;

    /** The last packets of a prompt, which say little, may be missing: then the next one follows early. */
    private static final int NEARLY = Recording.RATE / 10;

    /** Each receiver hands its packets, of Opus or µ-law, to a worker, and is given them back: from its beginning, or never. */
    private static final String TAP = """
            window.heard = [];
            const ear = new Worker(URL.createObjectURL(new Blob([`
                const decoder = () => {
                    const opus = new AudioDecoder({
                        error: it => { throw it; },
                        output: sound => {
                            const samples = new Float32Array(sound.numberOfFrames);
                            sound.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
                            const heard = new Int16Array(samples.length / 6);
                            for (let at = 0; at < heard.length; at++) {
                                const sum = samples.subarray(6 * at, 6 * at + 6).reduce((a, b) => a + b);
                                heard[at] = Math.max(-1, Math.min(1, sum / 6)) * 32767;
                            }
                            postMessage(heard);
                            sound.close();
                        },
                    });
                    opus.configure({ codec: 'opus', sampleRate: 48000, numberOfChannels: 1 });
                    return opus;
                };
                const muLaw = octets => Int16Array.from(new Uint8Array(octets), it => {
                    const size = (((~it & 15) << 3) + 132 << (~it >> 4 & 7)) - 132;
                    return ~it & 128 ? -size : size;
                });
                onrtctransform = ({ transformer }) => {
                    const opus = decoder();
                    const tap = (packet, onward) => {
                        if (packet.getMetadata().payloadType === 0) postMessage(muLaw(packet.data));
                        else opus.decode(new EncodedAudioChunk({ type: 'key', timestamp: 0, data: packet.data.slice() }));
                        onward.enqueue(packet);
                    };
                    transformer.readable.pipeThrough(new TransformStream({ transform: tap })).pipeTo(transformer.writable);
                };
            `])));
            ear.onmessage = it => window.heard.push(...it.data);
            const listen = receiver => { receiver.transform ??= new RTCRtpScriptTransform(ear); };
            window.RTCPeerConnection = class extends RTCPeerConnection {
                constructor(options) {
                    super(options);
                    this.addEventListener('track', it => listen(it.receiver));
                }

                addTrack(...it) {
                    const sender = super.addTrack(...it);
                    this.getTransceivers().forEach(transceiver => listen(transceiver.receiver));
                    return sender;
                }
            }""";

    private static final String TAKE = """
            (() => {
                const bytes = new Uint8Array(Int16Array.from(window.heard.splice(0)).buffer);
                return btoa(Array.from(bytes, it => String.fromCharCode(it)).join(''));
            })()""";

    private final Page page;
    private final Hearing hearing;
    private final Recording recording = new Recording();
    private int heardUntil;

    /** Listens in the pages that this tab will open. */
    public BrowserEar(Page page, Hearing hearing) {
        this.page = page;
        this.hearing = hearing;
        page.addInitScript(TAP);
    }

    /** Waits until this prompt was said to its end, in whichever language, after what was awaited before. */
    public BrowserEar waitsFor(String prompt) {
        var shortest = hearing.shortest(prompt) - NEARLY;
        awaitThat(() -> recording.length() - heardUntil >= shortest && wasSaid(prompt), prompt + " to be said");
        return this;
    }

    /** Waits until the tone of the other side is heard. */
    public void waitsForTone(int hertz) {
        awaitThat(() -> recording.endsInTone(hertz), "a tone of " + hertz + " Hz");
    }

    /** The keys of the prompts heard so far, in order. */
    public List<String> heard() {
        return hearing.prompts(recording);
    }

    private boolean wasSaid(String prompt) {
        var found = hearing.find(prompt, recording, heardUntil)
                .filter(match -> match.at() + match.template().length() <= recording.length() + NEARLY)
                .filter(match -> hearing.isWhole(match, recording));
        found.ifPresent(match -> heardUntil = match.at() + match.template().length() - NEARLY);
        return found.isPresent();
    }

    private void awaitThat(BooleanSupplier event, String what) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            page.waitForTimeout(LOOK_EVERY_MS);
            take();
            if (event.getAsBoolean()) {
                return;
            }
        }
        throw new AssertionError("waited " + PATIENCE + " for " + what + "; heard: " + heard());
    }

    private void take() {
        var bytes = Base64.getDecoder().decode((String) page.evaluate(TAKE));
        var sound = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(sound);
        recording.append(sound);
    }
}
