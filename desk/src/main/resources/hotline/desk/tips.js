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

async function read() {
  const table = document.querySelector('#table');
  table.value = file.files.length ? await file.files[0].text() : '';
  document.querySelector('#wrong').replaceChildren();
  file.value = '';
  say(`${table.value.trim().split('\n').length - 1} tips are in the table.`);
}

file?.addEventListener('change', read);
if (file?.files.length) read(); // Chosen while this page was still loading.
