// The queue: counts down by the server's clock, hears of what is new or late, and goes by single keys for those who like them.
import { now, say } from '/assets/console.js';

const at = selector => document.querySelector(selector);
const all = selector => [...document.querySelectorAll(selector)];

// ---- counting down, in the words of Countdown.java ----

function length(millis) {
  const minutes = Math.floor(millis / 60_000);
  if (minutes < 1) return `${Math.floor(millis / 1000)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function standing({ standing, due, risk }, time) {
  if (standing === 'kept') return ['kept', time < due ? `Next try in ${length(due - time)}` : 'Try again now'];
  if (time > due) return ['broken', `${length(time - due)} late, promise broken`];
  return time < risk ? ['on_time', `${length(due - time)} left`] : ['at_risk', `${length(due - time)} left, at risk`];
}

function put(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

function tick() {
  const time = now();
  for (const left of all('.left[data-runs=true]')) {
    const [is, words] = standing(left.dataset, time);
    put(left, words);
    if (left.dataset.standing !== is) {
      left.dataset.standing = is;
      const row = left.closest('.row');
      if (row) row.dataset.standing = is;
      if (is === 'broken') late();
    }
  }
  for (const age of all('[data-asked]')) put(age, `asked ${length(time - age.dataset.asked)} ago`);
}

// ---- what is new, and what is late: the title, a word to those who hear the page, and a tone ----

const title = document.title;
let known = new Set(all('.row').map(it => it.id));

function look() {
  const counts = at('#counts');
  if (!counts) return;
  document.title = counts.dataset.toCall === '0' ? title : `(${counts.dataset.toCall}) ${title}`;
  const ids = all('.row').map(it => it.id);
  const fresh = ids.filter(it => !known.has(it));
  if (fresh.length && !location.search) {
    say(fresh.length === 1 ? 'New call-back' : `${fresh.length} new call-backs`);
    tone([660, 880]);
  }
  known = new Set([...known, ...ids]);
}

function late() {
  say('A promise is broken');
  tone([440, 330, 440, 330]);
}

const sound = at('#sound');
let audio;

const muted = () => localStorage.getItem('muted') === 'yes';

function tone(notes) {
  if (!sound || muted()) return;
  audio ??= new AudioContext();
  audio.onstatechange = showSound;
  if (audio.state !== 'running') return showSound();
  notes.forEach((hertz, place) => {
    const note = audio.createOscillator();
    const volume = audio.createGain();
    const begins = audio.currentTime + place * 0.18;
    note.frequency.value = hertz;
    volume.gain.setValueAtTime(0.15, begins);
    volume.gain.exponentialRampToValueAtTime(0.001, begins + 0.17);
    note.connect(volume).connect(audio.destination);
    note.start(begins);
    note.stop(begins + 0.17);
  });
}

/** A browser plays nothing before somebody has touched the page. */
function showSound() {
  const blocked = !muted() && audio && audio.state !== 'running';
  put(sound, muted() ? 'Sound off' : blocked ? 'Turn on sound' : 'Sound on');
  sound.setAttribute('aria-pressed', String(!muted()));
}

if (sound) {
  sound.hidden = false;
  audio = new AudioContext();
  audio.onstatechange = showSound;
  showSound();
  sound.addEventListener('click', () => {
    if (muted() || audio.state === 'running') localStorage.setItem('muted', muted() ? 'no' : 'yes');
    audio.resume();
    showSound();
    tone([660]);
  });
  for (const touch of ['pointerdown', 'keydown']) addEventListener(touch, () => audio.resume(), { once: true });
}

// ---- keys: on one letter each, for whoever has not turned them off ----

const keys = at('#keys');
const on = at('#keys-on');

at('#keys-button').hidden = false;
at('#keys-button').addEventListener('click', () => keys.showModal());
on.checked = localStorage.getItem('keys') !== 'off';
on.addEventListener('change', () => localStorage.setItem('keys', on.checked ? 'on' : 'off'));

const row = () => document.activeElement?.closest('.row');

function move(by) {
  const rows = all('.row');
  const here = rows.indexOf(row());
  rows[Math.min(rows.length - 1, Math.max(0, here < 0 ? 0 : here + by))]?.focus();
}

/** On a call-back's own page its part opens; in the queue its page does, at that part. */
function open(part) {
  const details = at(`details#${part}`);
  if (details) {
    details.open = true;
    details.querySelector('textarea, select, input:not([type=hidden])').focus();
  } else if (row()) {
    // Not behind a hash: where that leads, a browser takes the focus away again.
    sessionStorage.setItem('part', part);
    location.assign(row().querySelector('.open').href);
  }
}

const act = {
  j: () => move(1),
  k: () => move(-1),
  c: () => (row() ?? document).querySelector('button.call')?.click(),
  n: () => open('note'),
  x: () => open('close'),
  r: () => open('reveal'),
  '?': () => keys.showModal(),
};

document.addEventListener('keydown', event => {
  const typing = event.target.closest?.('input, textarea, select, dialog[open]');
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter' && event.target.classList.contains('row')) {
    event.target.querySelector('.open').click();
  } else if (on.checked && Object.hasOwn(act, event.key)) {
    event.preventDefault();
    act[event.key]();
  }
});

const wanted = sessionStorage.getItem('part');
sessionStorage.removeItem('part');
if (wanted) open(wanted);

// ---- what came from the server just now ----

document.body.addEventListener('htmx:afterSettle', () => {
  tick();
  look();
  for (const shown of all('[data-goes]:not([data-going])')) {
    shown.dataset.going = '';
    setTimeout(() => shown.remove(), 60_000);
  }
});
// Trouble of before is not trouble of now.
document.body.addEventListener('htmx:beforeRequest', event => {
  if (event.detail.requestConfig.verb === 'post') {
    at('#trouble').textContent = '';
    at('#said').textContent = '';
  }
});

setInterval(tick, 1_000);
tick();
look();
