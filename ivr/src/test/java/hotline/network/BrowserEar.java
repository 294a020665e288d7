package hotline.network;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForConditionOptions;
import com.microsoft.playwright.TimeoutError;
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

    /** Each connection hands over the packets of Opus that it receives, and is then given them back. */
    private static final String TAP = """
            window.heard = [];
            const decoder = () => {
                const opus = new AudioDecoder({
                    error: it => { throw it; },
                    output: sound => {
                        const samples = new Float32Array(sound.numberOfFrames);
                        sound.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
                        for (let at = 0; at + 6 <= samples.length; at += 6) {
                            const sum = samples.subarray(at, at + 6).reduce((a, b) => a + b);
                            window.heard.push(Math.max(-1, Math.min(1, sum / 6)) * 32767);
                        }
                        sound.close();
                    },
                });
                opus.configure({ codec: 'opus', sampleRate: 48000, numberOfChannels: 1 });
                return opus;
            };
            window.RTCPeerConnection = class extends RTCPeerConnection {
                constructor(options) {
                    super({ ...options, encodedInsertableStreams: true });
                    this.addEventListener('track', ({ receiver }) => {
                        const opus = decoder();
                        const { readable, writable } = receiver.createEncodedStreams();
                        const tap = (packet, onward) => {
                            opus.decode(new EncodedAudioChunk({ type: 'key', timestamp: 0, data: packet.data.slice() }));
                            onward.enqueue(packet);
                        };
                        readable.pipeThrough(new TransformStream({ transform: tap })).pipeTo(writable);
                    });
                }

                addTrack(...it) {
                    const sender = super.addTrack(...it);
                    const { readable, writable } = sender.createEncodedStreams();
                    readable.pipeTo(writable);
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
        awaitThat(() -> wasSaid(prompt), prompt + " to be said");
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
                .filter(it -> it.at() + it.template().length() <= recording.length())
                .filter(it -> hearing.isWhole(it, recording));
        found.ifPresent(it -> heardUntil = it.at() + it.template().length());
        return found.isPresent();
    }

    private void awaitThat(BooleanSupplier event, String what) {
        try {
            page.waitForCondition(
                    () -> {
                        take();
                        return event.getAsBoolean();
                    },
                    new WaitForConditionOptions().setTimeout((double) PATIENCE.toMillis()));
        } catch (TimeoutError e) {
            throw new AssertionError("waited " + PATIENCE + " for " + what + "; heard: " + heard(), e);
        }
    }

    private void take() {
        var bytes = Base64.getDecoder().decode((String) page.evaluate(TAKE));
        var sound = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(sound);
        recording.append(sound);
    }
}
