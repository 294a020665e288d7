// Whether somebody is still signed in here. When nobody is, the page leads to the sign-in and back, and nothing typed is lost.
const FRESH_MS = 60_000;
const notice = document.querySelector('#signed-out');
const touched = new Set();
let known = Date.now(); // The server knew us then.
let out = false;

/** Asks the server. False when what the page holds cannot be sent: nobody is signed in here any more, or somebody else is. */
export async function check() {
  try {
    const answer = await fetch('/account/session', { headers: { 'HX-Request': 'true' } });
    if (answer.status === 401) signedOut();
    return answer.ok ? signedIn(await answer.json()) : answer.status !== 401;
  } catch {
    return true; // There is no network: the page says so elsewhere.
  }
}

/** What the page shows is nobody's to see any more. Only what was typed is kept, out of sight, for whoever signs in beside it. */
function signedOut() {
  if (out) return;
  out = true;
  if (document.querySelector('[data-stays]')) {
    tell('signed-out'); // A call may go on there: the page itself says the rest.
    return;
  }
  const signIn = `/sign-in?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`;
  if (![...touched].some(isTyped)) {
    location.replace(signIn);
    return;
  }
  notice.querySelector('a').href = signIn;
  notice.hidden = false;
  tell('signed-out');
}

/** In another tab, perhaps: what this page sends belongs to the new session from now on. */
function signedIn({ name, csrf }) {
  if (name !== document.documentElement.dataset.person) {
    location.reload();
    return false;
  }
  known = Date.now();
  document.body.setAttribute('hx-headers', JSON.stringify({ 'X-Csrf': csrf }));
  for (const field of document.querySelectorAll('[name=csrf]')) field.value = csrf;
  if (out) {
    out = false;
    notice.hidden = true;
    tell('signed-in');
  }
  return true;
}

function tell(what) {
  document.body.dispatchEvent(new CustomEvent(what));
}

/** What a script has put there is nobody's work, nor what was sent or taken back. */
function isTyped(field) {
  return field.isConnected && (field.value !== field.defaultValue || field.checked !== field.defaultChecked);
}

document.addEventListener('input', it => touched.add(it.target));

function comeBack() {
  if (!document.hidden && (out || Date.now() - known > FRESH_MS)) check();
}
window.addEventListener('focus', comeBack);
document.addEventListener('visibilitychange', comeBack);
document.body.addEventListener('htmx:afterRequest', it => { if (it.detail.xhr.status < 400) known = Date.now(); });
document.body.addEventListener('htmx:beforeSwap', it => {
  if (it.detail.xhr.status === 401) {
    it.detail.shouldSwap = it.detail.isError = false;
    signedOut();
  }
});

// A form that leaves the page is sent only when it will be taken.
document.addEventListener('submit', it => {
  const form = it.target;
  if (it.defaultPrevented || form.method !== 'post' || (!out && Date.now() - known < FRESH_MS)) return;
  it.preventDefault();
  check().then(may => {
    if (!may) return;
    known = Date.now();
    form.requestSubmit(it.submitter);
  });
});
