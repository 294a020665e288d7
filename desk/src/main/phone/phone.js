// The browser phone. A caller's window rings one of the lines; with ?as=responder it is the window of the person who
// calls back: it registers, rings, and is answered.
import JsSIP from 'jssip';
import { keypad } from './keypad.js';
import { keepRegistered } from './registration.js';
import { audio, ring, voice } from './sound.js';

const at = selector => document.querySelector(selector);
const responding = new URLSearchParams(location.search).get('as') === 'responder';
const name = responding ? 'Responder’s phone' : 'Rehearsal phone';
const DOMAIN = 'hotline.invalid'; // Asterisk knows its phones by their names, whatever the domain.
const LINES = { 'tip-line': 'the tip line', 'trauma-line': 'the trauma line' };

const keys = keypad(() => call);

let phone;
let call;
let wanted = false; // Whether the line that is being dialled, or the call that is being answered, is still wanted.
let ours;
let stopRing = () => {};

// ---- what is shown ----

/** Which of the three rows of buttons fits this moment. */
function show(row, status) {
  for (const id of ['lines', 'asked', 'calling']) at(`#${id}`).hidden = id !== row;
  keys.enable(row === 'calling');
  at('#phone').classList.toggle('ringing', row === 'asked');
  at('#status').textContent = status;
  document.title = row === 'asked' ? `Ringing: ${status}` : name;
}

function idle(status) {
  show(responding ? '' : 'lines', status);
}

function connected(live, words) {
  at('#connection').classList.toggle('live', live);
  at('#connection').textContent = words;
  document.querySelectorAll('[data-line]').forEach(it => { it.disabled = !live; });
}

/** What went wrong and what to do; nothing when all is well. */
function trouble(words) {
  at('#trouble').hidden = !words;
  at('#trouble').textContent = words;
}

function span(since) {
  const seconds = Math.floor((Date.now() - since) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

// ---- a call, in either direction ----

function refused(cause, message) {
  const answer = message?.status_code ? ` (${message.status_code} ${message.reason_phrase})` : '';
  switch (cause) {
    case 'Connection Error':
    case 'Request Timeout':
      return 'The telephone system does not answer. Is ./hotline demo still running? Call again when this page says that it is there.';
    case 'WebRTC Error':
    case 'Bad Media Description':
    case 'Incompatible SDP':
      return `This browser and the telephone system found no sound in common${answer}. Try Chromium or Firefox.`;
    case 'RTP Timeout':
      return 'No sound came through. Open this page on the machine that runs ./hotline demo.';
    default:
      return `The call was refused${answer}. Look at the log files of ./hotline demo, then call again.`;
  }
}

/** The microphone, and what it means when there is none. */
async function openMicrophone() {
  wanted = true;
  at('#status').focus();
  at('#mute').disabled = false;
  const { stream, deaf } = await voice();
  ours = stream;
  at('#hearing').hidden = !deaf;
  at('#hearing').textContent = deaf;
  at('#mute').disabled = Boolean(deaf);
}

function closeMicrophone() {
  ours?.getTracks().forEach(it => it.stop());
}

const WHO_ENDED = { local: 'You hung up', remote: 'The other side hung up', system: 'The connection was lost' };

function follow(session, whom) {
  let since;
  let clock;
  call = session;
  // A call of ours has its connection already; one that rings has it once it is answered.
  const hear = connection => connection.addEventListener('track', it => { [at('#voice').srcObject] = it.streams; });
  if (session.connection) hear(session.connection);
  else session.on('peerconnection', it => hear(it.peerconnection));
  session.on('accepted', () => {
    since = Date.now();
    at('#time').hidden = false;
    at('#time').textContent = '0:00';
    clock = setInterval(() => { at('#time').textContent = span(since); }, 250);
    show('calling', `Connected to ${whom}`);
  });
  const over = words => {
    clearInterval(clock);
    stopRing();
    closeMicrophone();
    call = undefined;
    at('#voice').srcObject = null;
    at('#time').hidden = true;
    at('#pressed').textContent = '';
    mute(false);
    idle(words);
  };
  session.on('ended', ({ originator, cause, message }) => {
    over(`${WHO_ENDED[originator]} after ${span(since)}.`);
    if (cause === 'RTP Timeout') trouble(refused(cause, message));
  });
  session.on('failed', ({ originator, cause, message }) => {
    if (originator === 'local' && cause === 'Canceled') over('You hung up.');
    else if (originator === 'local' && cause === 'Rejected') over('You declined the call.');
    else if (cause === 'Canceled') over('It stopped ringing: somebody else took it, or nobody answered in time.');
    else {
      over('The call did not come about.');
      trouble(refused(cause, message));
    }
  });
}

function hangUp() {
  wanted = false;
  if (call) call.terminate();
  else idle('You hung up.');
}

function mute(on) {
  at('#mute').setAttribute('aria-pressed', on);
  at('#mute').textContent = on ? 'Muted: nobody hears you' : 'Mute';
  if (call) on ? call.mute({ audio: true }) : call.unmute({ audio: true });
}

// ---- the caller ----

async function dial(line) {
  trouble('');
  show('calling', 'Allow the microphone, if your browser asks …');
  await openMicrophone();
  if (!wanted) {
    closeMicrophone();
    return;
  }
  show('calling', `Ringing ${LINES[line]} …`);
  phone.call(`sip:${line}@${DOMAIN}`, { mediaStream: ours, pcConfig: { iceServers: [] } });
}

// ---- the responder ----

function rings(session) {
  if (call) {
    session.terminate({ status_code: 486 });
    return;
  }
  trouble('');
  const shown = session.remote_identity.display_name;
  const who = shown && shown !== 'Anonymous' ? shown : 'A hidden number';
  follow(session, who);
  show('asked', `${who} is calling`);
  stopRing = ring();
}

async function answer() {
  stopRing();
  const session = call;
  show('calling', 'Allow the microphone, if your browser asks …');
  await openMicrophone();
  if (session.isInProgress()) session.answer({ mediaStream: ours, pcConfig: { iceServers: [] } });
  else closeMicrophone();
}

/** Asterisk rings one window; of two, the one that was opened last. */
function onlyWindow() {
  const windows = new BroadcastChannel('responder');
  windows.onmessage = () => {
    phone.removeAllListeners();
    phone.stop();
    connected(false, 'Not ready: another window is the responder now. Reload this one to take over.');
    idle('');
  };
  windows.postMessage('here');
}

function hintSilence() {
  at('#wake').hidden = audio.state === 'running';
}

// ---- the beginning ----

async function start() {
  const settings = await (await fetch('/phone/settings.json')).json();
  const registers = responding && settings.responder;
  const line = new JsSIP.WebSocketInterface(settings.socket);
  phone = new JsSIP.UA({
    sockets: [line],
    uri: `sip:${registers ? settings.responder.user : 'caller'}@${DOMAIN}`,
    password: registers ? settings.responder.password : '',
    register: Boolean(registers),
    session_timers: false,
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 4,
  });
  const lost = () => {
    connected(false, 'The telephone system cannot be reached. Trying again …');
    trouble(`Nothing answers at ${settings.socket}. Is ./hotline demo still running? This page tries again by itself.`);
  };
  phone.on('connected', () => {
    trouble('');
    connected(!responding, responding ? 'Not ready yet: registering …' : 'The telephone system is there.');
  });
  phone.on('disconnected', lost);
  phone.on('registered', () => {
    trouble('');
    connected(true, 'Ready: this window is called.');
  });
  if (registers) keepRegistered(phone, line, () => call);
  phone.on('unregistered', () => connected(false, 'Not ready: this window is not called.'));
  phone.on('registrationFailed', ({ cause, response }) => {
    connected(false, 'Not ready: this window is not called.');
    if (response) trouble(`The telephone system refused this window (${cause}). It tries again by itself; if that does not help, reload it.`);
  });
  phone.on('newRTCSession', ({ originator, session }) => {
    if (originator === 'remote') rings(session);
    else follow(session, LINES[session.remote_identity.uri.user]);
  });
  if (responding && !registers) {
    connected(false, 'Not ready: the responder’s window works on the machine that runs ./hotline demo only.');
    return;
  }
  if (responding) onlyWindow();
  at('#hint').textContent = settings.hint;
  phone.start();
}

document.title = at('h1').textContent = name;
at(responding ? '#for-responders' : '#for-callers').hidden = false;
connected(false, 'Looking for the telephone system …');
idle(responding ? 'Nobody is calling.' : 'Which line do you want to call?');

document.querySelectorAll('[data-line]').forEach(it => { it.onclick = () => dial(it.dataset.line); });
at('#answer').onclick = answer;
at('#decline').onclick = () => call?.terminate({ status_code: 486 }); // Busy: the next person is called.
at('#hang-up').onclick = hangUp;
at('#mute').onclick = () => mute(at('#mute').getAttribute('aria-pressed') !== 'true');
document.addEventListener('keydown', it => {
  if (!it.repeat && !it.ctrlKey && !it.metaKey && !it.altKey) keys.press(it.key);
});
window.addEventListener('pagehide', () => phone?.stop());
if (responding) {
  audio.onstatechange = hintSilence;
  document.addEventListener('click', () => audio.resume());
  hintSilence();
}
start().catch(() => {
  connected(false, 'The server cannot be reached.');
  trouble('This page could not ask the server where the telephone system is. Is ./hotline demo still running? Reload the page then.');
});
