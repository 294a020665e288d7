// Says when a display is not up to date: nobody sits there who would notice.
const STALE_MS = 35_000;
const shown = document.querySelector('#connection');
let silence;

function fresh() {
  clearTimeout(silence);
  silence = setTimeout(stale, STALE_MS);
  document.body.classList.remove('stale');
  shown.hidden = true;
}

function stale() {
  document.body.classList.add('stale');
  shown.hidden = false;
}

document.body.addEventListener('htmx:afterRequest', it => {
  if (it.detail.xhr.status === 200) fresh();
  if (it.detail.xhr.status === 401) location.reload(); // It was taken away: the page then says so.
});
fresh();
