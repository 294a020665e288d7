// A staff member's own phone: it is called, answered, muted and put on hold.
import JsSIP from 'jssip';
import { headset, microphone } from './headset.js';
import { keypad } from './keypad.js';
import { Line } from './line.js';
import { keepRegistered } from './registration.js';
import { ring, voice } from './sound.js';

const at = selector => document.querySelector(selector);
const DOMAIN = 'hotline.invalid';
const TITLE = document.title;
const ASK_OTHERS_MS = 300;
const RETRY_MS = 2_000;

const ABOUT = {
  'Trauma support line': 'Answer, and listen. To take a call-back that is offered to you, press 1.',
  'Trauma line': 'A caller waits for a person. Answer, listen, then press 1 to take the call.',
  'Tip line': 'A caller asks for an officer. Answer, listen, then press 1 to take the call.',
};

const WHO_ENDED = { local: 'You hung up', remote: 'The other side hung up', system: 'The connection was lost' };

/** Why the server has ended this window's line for good, and what to do. */
const ENDED = {
  4400: 'the server refused this page. Load it again',
  4401: 'you are signed out. Sign in again',
  4409: 'another window is your phone now. Load this page again to have it back',
  4429: 'all phones in the browser are given away. Ask an administrator to remove accounts that are not used',
};

let phone;
let call;
let ours;
let stopRing = () => {};
let gone = ''; // Why this window is no phone any more.

const keys = keypad(() => call);

// ---- what is shown ----

function show(row, state, about = '') {
  for (const id of ['asked', 'calling']) at(`#${id}`).hidden = id !== row;
  keys.enable(row === 'calling');
  at('#desk-phone').classList.toggle('ringing', row === 'asked');
  at('#state').textContent = state;
  at('#about').textContent = about;
  document.title = row === 'asked' ? `Ringing: ${state}` : TITLE;
}

function ready(is, words) {
  at('#ready').classList.toggle('live', is);
  at('#ready').textContent = words;
}

function trouble(words) {
  at('#phone-trouble').hidden = !words;
  at('#phone-trouble').textContent = words;
}

function span(since) {
  const seconds = Math.floor((Date.now() - since) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function deaf(words) {
  at('#hearing').hidden = !words;
  at('#hearing').textContent = words;
}

// ---- a call ----

function rings(session) {
  if (call) {
    session.terminate({ status_code: 486 });
    return;
  }
  const name = session.remote_identity.display_name;
  const line = name in ABOUT ? name : 'The hotline';
  call = session;
  trouble('');
  follow(session, line);
  show('asked', `${line} is calling`, ABOUT[line] ?? 'Answer, and listen.');
  at('#answer').focus();
  stopRing = ring();
}

function follow(session, line) {
  let since;
  let clock;
  session.on('peerconnection', ({ peerconnection }) => {
    peerconnection.addEventListener('track', it => { [at('#voice').srcObject] = it.streams; });
  });
  session.on('accepted', () => {
    since = Date.now();
    at('#time').hidden = false;
    at('#time').textContent = '0:00';
    clock = setInterval(() => { at('#time').textContent = span(since); }, 250);
    show('calling', `Connected to the ${line.replace(/^The /, '').toLowerCase()}`);
    at('#state').focus();
  });
  session.on('hold', () => held(true));
  session.on('unhold', () => held(false));
  const over = words => {
    clearInterval(clock);
    stopRing();
    ours?.getTracks().forEach(it => it.stop());
    call = undefined;
    at('#voice').srcObject = null;
    at('#time').hidden = true;
    at('#pressed').textContent = '';
    muted(false);
    held(false);
    deaf('');
    show('', words);
    if (gone) phone?.stop();
  };
  session.on('ended', ({ originator, cause }) => {
    over(`${WHO_ENDED[originator]} after ${span(since)}.`);
    if (cause === 'RTP Timeout') trouble('No sound came through. Tell the operator: the way to the telephone system’s media ports is closed.');
  });
  session.on('failed', ({ originator, cause }) => {
    if (originator === 'local' && cause === 'Rejected') over('You declined. The next person is called.');
    else if (cause === 'Canceled') over('It stopped ringing: somebody else took it, or nobody answered in time.');
    else {
      over('The call did not come about.');
      trouble(`The call could not be connected (${cause}). The next person is called. If it happens again, tell the operator.`);
    }
  });
}

async function answer() {
  const session = call;
  stopRing();
  show('', 'Allow the microphone, if your browser asks …');
  at('#mute').disabled = false;
  const mine = await voice(microphone());
  ours = mine.stream;
  deaf(mine.deaf);
  at('#mute').disabled = Boolean(mine.deaf);
  if (session.isInProgress()) session.answer({ mediaStream: ours, pcConfig: { iceServers: [] } });
  else ours.getTracks().forEach(it => it.stop());
}

function pressed(button, on, words) {
  button.setAttribute('aria-pressed', on);
  button.textContent = words;
}

function muted(on) {
  pressed(at('#mute'), on, on ? 'Muted: speak again' : 'Mute');
  if (call) on ? call.mute({ audio: true }) : call.unmute({ audio: true });
}

function held(on) {
  pressed(at('#hold'), on, on ? 'On hold: go on' : 'Hold');
  at('#about').textContent = on ? 'The other side is told every few seconds that you are still there. Neither hears the other.' : '';
}

function hold() {
  if (!call?.isEstablished()) return;
  call.isOnHold().local ? call.unhold() : call.hold();
}

// ---- the line ----

/** Whether another window of this browser is on a call, which this one would cut off. */
function isTalkingElsewhere(windows) {
  return new Promise(decided => {
    windows.addEventListener('message', ({ data }) => { if (data === 'I am on a call') decided(true); });
    windows.postMessage('who is on a call?');
    setTimeout(() => decided(false), ASK_OTHERS_MS);
  });
}

async function lost({ code }) {
  gone = ENDED[code] ?? '';
  // A line that was refused looks like one that is lost: who is signed out is led to the sign-in.
  if (!gone && (await fetch('/my-phone/standing', { redirect: 'manual' }).catch(() => ({}))).type === 'opaqueredirect') gone = ENDED[4401];
  if (!gone) {
    ready(false, 'Not ready: the telephone system cannot be reached. Trying again …');
    return;
  }
  line.end();
  ready(false, `Not ready: ${gone}.`);
  if (!call) phone?.stop();
}

const line = new Line(`${location.origin.replace(/^http/, 'ws')}/my-phone/line`, mine => {
  if (phone) phone.set('password', mine.password);
  else begin(mine);
});

function begin({ phone: name, password }) {
  phone = new JsSIP.UA({
    sockets: [line],
    uri: `sip:${name}@${DOMAIN}`,
    password,
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 4,
  });
  phone.on('disconnected', lost);
  phone.on('registered', () => {
    trouble('');
    ready(true, 'Ready: calls for you ring here.');
  });
  phone.on('unregistered', () => { if (!gone) ready(false, 'Not ready: the telephone system cannot be reached. Trying again …'); });
  phone.on('registrationFailed', ({ response }) => {
    if (response) trouble('The telephone system refused this page. It tries again by itself; if that does not help, tell the operator.');
  });
  phone.on('newRTCSession', ({ originator, session }) => { if (originator === 'remote') rings(session); });
  keepRegistered(phone, line, () => call);
  phone.start();
}

async function start() {
  const windows = new BroadcastChannel('my-phone');
  windows.addEventListener('message', ({ data }) => {
    if (data === 'who is on a call?' && call) windows.postMessage('I am on a call');
  });
  if (await isTalkingElsewhere(windows)) {
    ready(false, 'Not ready: you are on a call in another window. Load this page again after it.');
    return;
  }
  line.onconnect = () => {};
  line.ondisconnect = (_, code) => {
    lost({ code });
    setTimeout(() => line.connect(), RETRY_MS);
  };
  line.connect();
}

show('', 'Nobody is calling.');
at('#answer').onclick = answer;
at('#decline').onclick = () => call?.terminate({ status_code: 486 }); // Busy: the next person is called.
at('#hang-up').onclick = () => call?.terminate();
at('#mute').onclick = () => muted(at('#mute').getAttribute('aria-pressed') !== 'true');
at('#hold').onclick = hold;
at('#desk-phone').addEventListener('keydown', it => {
  if (!it.repeat && !it.ctrlKey && !it.metaKey && !it.altKey) keys.press(it.key);
});
document.querySelectorAll('.top nav a, .top > a').forEach(it => { it.target = '_blank'; });
window.addEventListener('beforeunload', it => { if (call) it.preventDefault(); });
window.addEventListener('pagehide', () => phone?.stop());
headset();
if (at('#desk-phone').dataset.rings === 'yes') start();
else ready(false, 'Not ready: calls for you do not ring here.');
