// Which microphone and which headset or speaker are used, and whether they work.
import { audio, loudness, ring, voice } from './sound.js';

const at = selector => document.querySelector(selector);
const LISTEN_MS = 2_500;
const RING_MS = 1_500;
const HEARD = 0.01; // Louder than the noise of a microphone that nobody speaks into.

/** The microphone that was chosen; empty for the one that this computer uses. */
export function microphone() {
  return at('#microphone').value;
}

async function devices() {
  const all = await navigator.mediaDevices?.enumerateDevices() ?? [];
  fill(at('#microphone'), all.filter(it => it.kind === 'audioinput'));
  fill(at('#speaker'), all.filter(it => it.kind === 'audiooutput'));
  at('#speaker-choice').hidden = !at('#voice').setSinkId;
}

/** Browsers name devices only after they were allowed once. */
function fill(choice, found) {
  const chosen = choice.value || localStorage.getItem(choice.id) || '';
  const named = found.filter(it => it.label && it.deviceId && it.deviceId !== 'default');
  choice.replaceChildren(choice.options[0], ...named.map(it => new Option(it.label, it.deviceId)));
  choice.value = named.some(it => it.deviceId === chosen) ? chosen : '';
  choice.dispatchEvent(new Event('change'));
}

async function hearFrom(device) {
  await at('#voice').setSinkId?.(device);
  await audio.setSinkId?.(device);
}

async function trySound() {
  const tried = at('#tried');
  tried.textContent = 'Allow the microphone, if your browser asks …';
  const { stream, deaf: why } = await voice(microphone());
  await devices();
  if (why) {
    tried.textContent = why;
  } else {
    tried.textContent = 'Say something …';
    const heard = await loudness(stream, LISTEN_MS) > HEARD;
    tried.textContent = heard
      ? 'Your microphone works. Did you hear the ring?'
      : 'Nothing came from the microphone. Look whether the headset is muted, or choose another, and try again.';
  }
  stream.getTracks().forEach(it => it.stop());
  setTimeout(ring(), RING_MS);
}

/** Browsers keep a page silent until somebody has pressed something in it. */
function hintSilence() {
  at('#wake').hidden = audio.state === 'running';
}

async function hintRefusal() {
  const permission = await navigator.permissions?.query({ name: 'microphone' }).catch(() => undefined);
  if (permission?.state === 'denied') {
    at('#tried').textContent = 'Nobody will hear you: this page may not use the microphone. Allow it beside the page’s address.';
  }
}

/** Offers the choice, and remembers it on this computer. */
export function headset() {
  at('#try-sound').onclick = trySound;
  at('#wake-up').onclick = () => audio.resume();
  for (const id of ['microphone', 'speaker']) {
    at(`#${id}`).addEventListener('input', ({ target }) => localStorage.setItem(id, target.value));
  }
  at('#speaker').addEventListener('change', ({ target }) => hearFrom(target.value));
  document.addEventListener('click', () => audio.resume());
  audio.onstatechange = hintSilence;
  hintSilence();
  hintRefusal();
  devices();
}
