// Whether somebody is still signed in here. Nobody is led away from a page when they are not: what they have typed stays in it.
const FRESH_MS = 60_000;
const notice = document.querySelector('#signed-out');
const link = notice.querySelector('a');
let known = Date.now(); // The server knew us then.

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

function signedOut() {
  if (!notice.hidden) return;
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
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
  if (!notice.hidden) {
    notice.hidden = true;
    tell('signed-in');
  }
  return true;
}

function tell(what) {
  document.body.dispatchEvent(new CustomEvent(what));
}

function isTyped(field) {
  return field.type !== 'hidden' && (field.value !== field.defaultValue || field.checked !== field.defaultChecked);
}

// Whoever has typed nothing is led back to this page; whoever has signs in beside it.
link.addEventListener('click', () => {
  link.target = [...document.querySelectorAll('main :is(input, textarea)')].some(isTyped) ? '_blank' : '_self';
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && (!notice.hidden || Date.now() - known > FRESH_MS)) check();
});
document.body.addEventListener('htmx:afterRequest', it => { if (it.detail.successful) known = Date.now(); });
document.body.addEventListener('htmx:beforeSwap', it => {
  if (it.detail.xhr.status === 401) {
    it.detail.shouldSwap = false;
    signedOut();
  }
});

// A form that leaves the page is sent only when it will be taken.
document.addEventListener('submit', it => {
  const form = it.target;
  if (it.defaultPrevented || form.method !== 'post' || (notice.hidden && Date.now() - known < FRESH_MS)) return;
  it.preventDefault();
  check().then(may => {
    if (!may) return;
    known = Date.now();
    form.requestSubmit(it.submitter);
  });
});
