// Charts of the reports. Each is drawn from the table below it, so that they never say different things.
import uPlot from '/assets/uplot.js';

const HEIGHT = 260;
const LONGEST_LABEL = 14;
const number = text => text === '' || text === undefined ? null : Number(text);
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const line = (label, name, dash) =>
  ({ label, scale: '%', stroke: colour(name), width: 2, dash, points: { show: true, size: 7, fill: colour(name) } });
const bars = (label, name, size, align, scale) =>
  ({ label, scale, fill: colour(name), stroke: colour(name), width: 1, points: { show: false }, paths: uPlot.paths.bars({ size, align }) });

// What each kind of chart shows of a row: the field, and how it is drawn.
const KINDS = {
  'shares-and-asked': () => [
    ['asked', bars('Asked', '--chart-asked', [.7, 60], 0, 'calls')],
    ['kept', line('Kept %', '--chart-kept')],
    ['reached', line('Reached %', '--chart-reached', [6, 4])]],
  shares: () => [
    ['kept', bars('Kept %', '--chart-kept', [.3, 60], -1, '%')],
    ['reached', bars('Reached %', '--chart-reached', [.3, 60], 1, '%')]],
  load: () => [
    ['offers', bars('Phone rang', '--chart-asked', [.7, 90], 0, 'calls')],
    ['taken', bars('Taken', '--chart-reached', [.45, 60], 0, 'calls')],
    ['talked', bars('Talked', '--chart-kept', [.2, 30], 0, 'calls')]],
};

function draw(chart) {
  const rows = [...document.querySelectorAll(`#${chart.dataset.table} tbody tr`)].map(it => it.dataset);
  const series = KINDS[chart.dataset.chart]();
  const shares = series.some(([, it]) => it.scale === '%');
  const counts = series.some(([, it]) => it.scale === 'calls');
  const label = at => rows[at]?.label ?? '';
  const short = text => text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
  const ink = { stroke: colour('--chart-ink'), grid: { stroke: colour('--chart-grid') }, ticks: { stroke: colour('--chart-grid') }, font: '13px sans-serif' };
  chart.replaceChildren();
  new uPlot({
    width: chart.clientWidth, height: HEIGHT,
    legend: { live: false },
    cursor: { drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: [-.6, rows.length - .4] },
      '%': { range: [0, 105] },
      calls: { range: (_, least, most) => [0, Math.max(1, most) * 1.1] },
    },
    axes: [
      { ...ink, space: 80, incrs: [1, 2, 3, 5, 7, 10, 15, 20, 30], values: (_, places) => places.map(at => Number.isInteger(at) ? short(label(at)) : '') },
      ...shares ? [{ ...ink, scale: '%', size: 62, values: (_, values) => values.map(it => `${it} %`) }] : [],
      ...counts ? [{ ...ink, scale: 'calls', size: 62, side: shares ? 1 : 3, grid: { show: !shares, stroke: colour('--chart-grid') }, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 1e6] }] : [],
    ],
    series: [{}, ...series.map(([, it]) => it)],
  }, [rows.map((_, at) => at), ...series.map(([field]) => rows.map(it => number(it[field])))], chart);
}

const drawAll = () => document.querySelectorAll('.chart').forEach(draw);

drawAll();
for (const media of ['(prefers-color-scheme: dark)', 'print']) matchMedia(media).addEventListener('change', drawAll);
let width = innerWidth;
addEventListener('resize', () => { if (width !== innerWidth) { width = innerWidth; drawAll(); } });
