// The open call-backs, live. The server tells that something changed; what, is asked for anew.
const at = selector => document.querySelector(selector);
const TOKEN = 'hotline-token';
const QUIET_MS = 12_000; // The server says something at least every five seconds.
const REFRESH_MS = 15_000;

const STANDING = { on_time: 'On time', at_risk: 'At risk', broken: 'Promise broken', kept: 'Promise kept' };
const STATE = { waiting: 'Waiting', claimed: 'Taken, about to dial', dialing: 'Being called now', undecided: 'A person must decide' };
const PAST = {
  requested: 'Asked for', asked_again: 'Asked for again', offered: 'Rang', answered: 'Answered by', claimed: 'Taken by',
  dialled: 'Caller dialled', rang: 'The caller’s phone rang', dial_ended: 'The call ended:', disposition: 'Said to be:',
  offer_ended: 'No longer rings:', rung: 'Called in:', seen: 'Somebody looks after it', broken: 'The promise broke', closed: 'Closed:',
  waiting: 'Waiting for the next try', undecided: 'A person must decide', settled_too_late: 'Said too late:',
};
const languages = new Intl.DisplayNames(['en'], { type: 'language' });

const cards = new Map();
let token = '';
let connection = new AbortController();
let asking = false;
let askAgain = false;

// ---- words ----

const words = text => text.replaceAll('_', ' ');
const clock = (iso, more) => new Date(iso).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit', ...more });

function span(seconds) {
  const whole = Math.floor(Math.abs(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours ? `${hours} h ${String(minutes).padStart(2, '0')} min` : `${minutes}:${String(whole % 60).padStart(2, '0')}`;
}

function facts(it) {
  const tries = it.attempts === 0 ? 'Not tried yet' : it.attempts === 1 ? '1 try' : `${it.attempts} tries`;
  return [
    STATE[it.state] ?? it.state,
    languages.of(it.language),
    tries,
    it.confirmed ? 'Number confirmed' : 'Number not confirmed',
    it.message_ok ? 'Messages welcome' : 'No messages',
    it.number_shown ? 'Show our number' : 'Hide our number',
  ];
}

// ---- asking ----

async function call(path, options = {}) {
  const answer = await fetch(path, { signal: connection.signal, ...options, headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } });
  if (answer.status === 401) {
    signOut('This token is not the right one.');
    throw new DOMException('signed out', 'AbortError');
  }
  return answer;
}

async function read(path) {
  const answer = await call(path);
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.detail);
  return json;
}

/** Asks for everything; changes that are told meanwhile are asked for afterwards. */
async function refresh() {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  const mine = connection;
  try {
    const [open, standing, staff, alerts] =
      await Promise.all(['callbacks?state=open', 'standing', 'responders', 'alerts'].map(it => read(`/api/v1/${it}`)));
    if (mine.signal.aborted) throw new DOMException('signed out', 'AbortError');
    show(open);
    showStanding(standing);
    showStaff(staff);
    showGaps(alerts.filter(it => !it.ended_at));
    lost('');
  } catch (trouble) {
    if (trouble.name !== 'AbortError') lost(trouble.message);
  }
  asking = false;
  if (askAgain) {
    askAgain = false;
    if (token) refresh();
  }
}

/** Listens until the connection breaks or falls silent, then again. */
async function listen() {
  const mine = connection;
  while (!mine.signal.aborted) {
    const line = new AbortController();
    let silence;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => line.abort(), QUIET_MS);
    };
    try {
      heard();
      const answer = await call('/api/v1/events', { signal: AbortSignal.any([line.signal, mine.signal]) });
      if (!answer.ok) throw new Error((await answer.json()).detail);
      for await (const text of chunks(answer.body.pipeThrough(new TextDecoderStream()))) {
        heard();
        live(true);
        if (text.includes('event: changed')) refresh();
      }
    } catch (trouble) {
      if (!mine.signal.aborted) lost(trouble.name === 'AbortError' ? 'nothing is heard' : trouble.message);
    }
    clearTimeout(silence);
    if (mine.signal.aborted) return;
    live(false);
    await new Promise(again => setTimeout(again, 1_000));
  }
}

async function* chunks(stream) {
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

// ---- showing ----

function show(open) {
  const shown = new Set(open.map(it => it.id));
  for (const [id, card] of cards) {
    if (!shown.has(id)) {
      card.remove();
      cards.delete(id);
    }
  }
  open.forEach((it, place) => {
    const card = cards.get(it.id) ?? newCard(it);
    fill(card, it);
    const list = at('#open');
    if (list.children[place] !== card) list.insertBefore(card, list.children[place] ?? null);
  });
  at('#nothing').hidden = open.length > 0;
  const urgent = open.filter(it => it.standing === 'broken' || it.standing === 'at_risk').length;
  document.title = urgent ? `(${urgent}) Call-backs` : 'Call-backs';
}

function newCard(it) {
  const card = at('#card').content.firstElementChild.cloneNode(true);
  card.querySelector('.history').onclick = () => showPast(card.callback);
  card.querySelector('.close').onclick = () => askToClose(card.callback);
  cards.set(it.id, card);
  tell(`New call-back, due ${clock(it.due_at)}`);
  return card;
}

function fill(card, it) {
  if (card.callback && card.callback.standing !== it.standing) tell(`${STANDING[it.standing]}: due ${clock(it.due_at)}`);
  card.callback = it;
  card.className = `card ${it.standing}`;
  card.querySelector('.standing').textContent = STANDING[it.standing];
  card.querySelector('.due').textContent = `due ${clock(it.due_at)}, asked ${clock(it.requested_at)}`;
  card.querySelector('.facts').replaceChildren(...facts(it).map((fact, place) => item(fact, place === 0 ? 'first' : '')));
  const which = `call-back due ${clock(it.due_at)}`;
  card.querySelector('.history').setAttribute('aria-label', `History of the ${which}`);
  card.querySelector('.close').setAttribute('aria-label', `Close the ${which}…`);
  card.querySelector('.close').disabled = it.state === 'dialing';
  tick(card);
}

function tick(card) {
  const it = card.callback;
  const seconds = (new Date(it.due_at) - Date.now()) / 1000;
  const left = it.standing === 'kept' ? 'called' : `${span(seconds)} ${seconds < 0 ? 'late' : 'left'}`;
  const shown = card.querySelector('.left');
  if (shown.textContent !== left) shown.textContent = left;
}

function item(text, name) {
  const li = document.createElement('li');
  li.textContent = text;
  li.className = name;
  return li;
}

function showStanding(standing) {
  document.querySelectorAll('[data-count]').forEach(it => (it.textContent = standing[it.dataset.count]));
  document.querySelectorAll('[data-time]').forEach(it => {
    const seconds = standing[it.dataset.time];
    it.textContent = seconds === null ? '–' : span(seconds);
  });
}

function showStaff(staff) {
  const person = it => `${it.name}, ${it.role}, ${it.languages.map(l => languages.of(l)).join(' and ')}: ${it.on_duty ? 'on duty' : 'off duty'}`;
  at('#staff ul').replaceChildren(...staff.map(it => item(person(it), '')));
  const ready = staff.filter(it => it.on_duty && it.role === 'responder').length;
  at('#on-duty').textContent = ready === 0 ? '(nobody is on duty to call back)' : `(${ready} on duty to call back)`;
}

/** The day is said where it is not today. */
function moment(iso) {
  const day = new Date(iso);
  const today = day.toDateString() === new Date().toDateString();
  return today ? clock(iso) : `${day.toLocaleDateString([], { weekday: 'long' })} ${clock(iso)}`;
}

function showGaps(gaps) {
  const when = it => {
    const from = new Date(it.from) <= Date.now() ? 'now' : `from ${moment(it.from)}`;
    return `${from}${it.to ? ` until ${moment(it.to)}` : ', and nobody is to come'}`;
  };
  const text = gaps.length ? `Nobody is on duty to call back ${gaps.map(when).join('; ')}. Put somebody on duty.` : '';
  if (at('#rota').textContent !== text) at('#rota').textContent = text;
  at('#rota').hidden = !text;
}

function tell(text) {
  at('#told').textContent = text;
}

function live(is) {
  at('#connection').textContent = is ? 'Live' : 'Connecting…';
  at('#connection').classList.toggle('live', is);
}

function lost(why) {
  const text = why ? `Connection lost (${why}). What you see may be out of date; trying again.` : '';
  if (at('#lost').textContent !== text) at('#lost').textContent = text;
  at('#lost').hidden = !why;
}

// ---- closing, and the past ----

function askToClose(it) {
  at('#closing-which').textContent = `${STANDING[it.standing]}, due ${clock(it.due_at)}, ${languages.of(it.language)}. Nobody will be rung for it any more.`;
  at('#closing-trouble').textContent = '';
  at('#reason').value = '';
  at('#closing form').onsubmit = event => {
    event.preventDefault();
    close(it);
  };
  at('#closing').showModal();
}

async function close(it) {
  const trouble = at('#closing-trouble');
  try {
    const body = JSON.stringify({ disposition: at('#disposition').value, reason: at('#reason').value });
    const answer = await call(`/api/v1/callbacks/${it.id}/close`, { method: 'POST', body });
    if (!answer.ok) {
      trouble.textContent = (await answer.json()).detail;
      return;
    }
    at('#closing').close();
    tell('Closed.');
    refresh();
  } catch {
    trouble.textContent = 'The server cannot be reached: it is not closed. Try again.';
  }
}

async function showPast(it) {
  at('#past ol').replaceChildren();
  at('#past').showModal();
  try {
    const { history } = await read(`/api/v1/callbacks/${it.id}`);
    at('#past ol').replaceChildren(...history.map(event => {
      const time = document.createElement('time');
      time.dateTime = event.at;
      time.textContent = clock(event.at, { second: '2-digit' });
      const line = item('', '');
      line.append(time, ` ${PAST[event.kind] ?? words(event.kind)} ${words(event.detail)}`);
      return line;
    }));
  } catch (trouble) {
    at('#past ol').replaceChildren(item(`The history cannot be read: ${trouble.message}`, 'trouble'));
  }
}

document.querySelectorAll('dialog').forEach(dialog => (dialog.querySelector('.cancel').onclick = () => dialog.close()));

// ---- signing in ----

function signIn(shown) {
  token = shown;
  sessionStorage.setItem(TOKEN, token);
  at('#sign-in').hidden = true;
  at('#board').hidden = at('#sign-out').hidden = false;
  connection.abort();
  connection = new AbortController();
  live(false);
  refresh();
  listen();
}

function signOut(why) {
  connection.abort();
  sessionStorage.removeItem(TOKEN);
  token = '';
  forget();
  at('#board').hidden = at('#sign-out').hidden = true;
  at('#connection').textContent = '';
  at('#sign-in-trouble').textContent = why;
  at('#sign-in').hidden = false;
  at('#token').value = '';
  at('#token').focus();
}

/** Nothing that was shown stays in the page: whoever sits down here next has not signed in. */
function forget() {
  document.querySelectorAll('dialog').forEach(dialog => dialog.close());
  cards.clear();
  ['#open', '#staff ul', '#past ol', '#on-duty', '#closing-which', '#closing-trouble', '#rota', '#lost', '#told']
    .forEach(it => at(it).replaceChildren());
  document.querySelectorAll('[data-count], [data-time]').forEach(it => (it.textContent = '–'));
  at('#nothing').hidden = at('#rota').hidden = at('#lost').hidden = true;
  at('#staff').open = false;
  at('#reason').value = '';
  at('#closing form').onsubmit = null;
  document.title = 'Call-backs';
}

at('#sign-out').onclick = () => signOut('');
at('#sign-in').onsubmit = event => {
  event.preventDefault();
  signIn(at('#token').value.trim());
};

// The rehearsal prints a link that ends in #token=…: it is not sent to the server, and not kept in the history. Elsewhere
// a link only fills the field in: nobody is signed in by what somebody else has sent them.
function givenToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given) history.replaceState(null, '', location.pathname);
  return given;
}

async function useLink(given) {
  if (await isRehearsal()) {
    signIn(given);
  } else if (!token) {
    at('#token').value = given;
    at('#sign-in button').focus();
  }
}

/** Only a rehearsal has a telephone in the browser. */
const isRehearsal = () => fetch('/phone/settings.json').then(answer => answer.ok, () => false);

function followLink() {
  const given = givenToken();
  if (given) useLink(given);
}

const kept = sessionStorage.getItem(TOKEN);
if (kept) signIn(kept);
else signOut('');
followLink();
window.addEventListener('hashchange', followLink);

setInterval(() => cards.forEach(tick), 1_000);
setInterval(() => token && refresh(), REFRESH_MS);
// A tab that slept shows at once what it missed.
document.addEventListener('visibilitychange', () => token && refresh());
