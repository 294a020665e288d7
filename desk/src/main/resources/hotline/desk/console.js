// What the pages need of a browser beside htmx: to hear of changes, to count down, and to say so when nothing is heard.
import { check } from '/assets/session.js';

const page = document.documentElement;
const at = selector => document.querySelector(selector);
const QUIET_MS = 12_000; // The server says something at least every five seconds.

/** The server's time: a browser's clock may be wrong. */
export const now = (offset => () => Date.now() + offset)(Number(page.dataset.now) - Date.now());

/** Says it to those who hear the page. */
export function say(words) {
  at('#spoken').textContent = words;
}

export function clock(millis) {
  return new Date(millis).toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit', timeZone: page.dataset.zone });
}

// ---- the menu: a group that is open is closed by a click elsewhere, and by Escape ----

function closeGroups(but) {
  for (const group of document.querySelectorAll('.group[open]')) if (group !== but) group.open = false;
}

document.addEventListener('click', event => closeGroups(event.target.closest('.group')));
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  event.target.closest('.group[open]')?.querySelector('summary').focus();
  closeGroups();
});

// ---- changes: parts of the page with hx-trigger="changed from:body" ask for themselves anew ----

let heard = 0;
let silence;
let line;

function hear() {
  heard = now();
  clearTimeout(silence);
  silence = setTimeout(listen, QUIET_MS);
  connected(true);
}

function listen() {
  line?.close();
  line = new EventSource('/live');
  line.addEventListener('alive', hear);
  line.addEventListener('changed', () => {
    hear();
    document.body.dispatchEvent(new CustomEvent('changed'));
  });
  line.onerror = () => {
    connected(false);
    // A browser gives up a line that was refused, such as by a server that is starting, or when nobody is signed in any more.
    if (line.readyState === EventSource.CLOSED) {
      clearTimeout(silence);
      check().then(may => { if (may) silence = setTimeout(listen, 1_000); });
    }
  };
  clearTimeout(silence);
  silence = setTimeout(() => { connected(false); listen(); }, QUIET_MS);
}

function connected(is) {
  const shown = at('#connection');
  const words = is ? 'Live' : `Reconnecting, as of ${clock(heard || Number(page.dataset.now))}`;
  shown.hidden = false;
  shown.classList.toggle('lost', !is);
  if (shown.textContent !== words) shown.textContent = words;
}

if (at('[hx-trigger*="changed"]')) {
  listen();
  // A browser knows at once that its network is gone; a server on the same machine is reached all the same.
  window.addEventListener('offline', () => { connected(false); listen(); });
  window.addEventListener('online', listen);
  document.body.addEventListener('signed-in', listen);
  document.body.addEventListener('signed-out', () => {
    line?.close();
    clearTimeout(silence);
    connected(false);
    at('#connection').textContent = 'Signed out';
  });
}
window.addEventListener('pagehide', () => line?.close());
window.addEventListener('pageshow', it => { if (it.persisted) location.reload(); });
