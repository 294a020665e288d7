// What this side is heard by, and the ring.

/** One for the page; browsers keep it silent until somebody has pressed something. */
export const audio = new AudioContext();

const DEAF = 'You can listen and press keys, but nobody hears you';
const REFUSED = {
  NotAllowedError: `${DEAF}: this page may not use the microphone. Allow it beside the page’s address, then call again.`,
  NotFoundError: `${DEAF}: there is no microphone. Plug one in, then call again.`,
  NotReadableError: `${DEAF}: another program has the microphone. End that program, then call again.`,
  TypeError: `${DEAF}: browsers give no microphone to an address such as this one. Open this page over https, or on the machine itself at 127.0.0.1.`,
};

/**
 * The microphone, or silence and the reason, so that one can listen and press keys without one.
 * @param chosen the microphone that is wanted, if it is there
 */
export async function voice(chosen = '') {
  await audio.resume();
  try {
    const wanted = chosen ? { deviceId: chosen } : true;
    return { stream: await navigator.mediaDevices.getUserMedia({ audio: wanted }), deaf: '' };
  } catch (refusal) {
    return { stream: silence(), deaf: REFUSED[refusal.name] ?? `${DEAF}: ${refusal.message}.` };
  }
}

/** A sound without which a browser would send no keys, and the telephone system would take the caller for lost. */
function silence() {
  const source = new ConstantSourceNode(audio, { offset: 0 });
  const end = audio.createMediaStreamDestination();
  source.connect(end);
  source.start();
  return end.stream;
}

/** How loud a stream is at its loudest within this time, from 0 to 1. */
export async function loudness(stream, millis) {
  const meter = new AnalyserNode(audio, { fftSize: 2048 });
  audio.createMediaStreamSource(stream).connect(meter);
  const samples = new Float32Array(meter.fftSize);
  let loudest = 0;
  for (const end = Date.now() + millis; Date.now() < end;) {
    await new Promise(done => setTimeout(done, 40));
    meter.getFloatTimeDomainData(samples);
    loudest = samples.reduce((most, it) => Math.max(most, Math.abs(it)), loudest);
  }
  return loudest;
}

/** Rings as telephones do here, two seconds of two tones and four of silence. Returns what ends it. */
export function ring() {
  const volume = new GainNode(audio, { gain: 0 });
  volume.connect(audio.destination);
  const begin = audio.currentTime;
  for (let round = 0; round < 20; round++) {
    volume.gain.setValueAtTime(0.15, begin + 6 * round);
    volume.gain.setValueAtTime(0, begin + 6 * round + 2);
  }
  const tones = [440, 480].map(frequency => new OscillatorNode(audio, { frequency }));
  for (const tone of tones) {
    tone.connect(volume);
    tone.start();
  }
  return () => tones.forEach(it => it.stop());
}
