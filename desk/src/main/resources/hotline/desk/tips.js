// Plays what callers hear, one sentence at a time; and reads a table into its form, so that no file of codes is sent.
import { say } from '/assets/console.js';

const sound = new Audio();
let playing;

function show(button, words) {
  button.querySelector('[data-label]').textContent = words;
}

function stop() {
  sound.pause();
  if (playing) show(playing, '▶ Play');
  playing = undefined;
}

async function play(button) {
  stop();
  playing = button;
  show(button, '… Loading');
  sound.src = button.dataset.sound;
  try {
    await sound.play();
  } catch (trouble) {
    if (playing === button && trouble.name !== 'AbortError') {
      stop();
      show(button, 'No sound');
      say('This sentence has no sound.');
    }
  }
}

for (const button of document.querySelectorAll('[data-sound]')) {
  button.addEventListener('click', () => { if (playing === button) stop(); else play(button); });
}
sound.addEventListener('playing', () => { if (playing) show(playing, '■ Stop'); });
sound.addEventListener('ended', stop);

const file = document.querySelector('#table-file');

// As the server reads the file of a table: in UTF-8, or in UTF-16 where its first bytes say so.
function text(bytes) {
  const wide = { 0xfffe: 'utf-16le', 0xfeff: 'utf-16be' }[bytes[0] * 256 + bytes[1]];
  return new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes);
}

async function read() {
  const table = document.querySelector('#table');
  const wrong = document.querySelector('#wrong');
  wrong.replaceChildren();
  try {
    table.value = file.files.length ? text(new Uint8Array(await file.files[0].arrayBuffer())) : '';
    say(`${table.value.split('\n').filter(line => /[^,;\s"]/.test(line)).length - 1} tips are in the table.`);
  } catch {
    table.value = '';
    wrong.textContent = 'This file is no table: in the spreadsheet, save it as “CSV UTF-8”, and choose that file.';
  }
  file.value = '';
}

file?.addEventListener('change', read);
if (file?.files.length) read(); // Chosen while this page was still loading.
