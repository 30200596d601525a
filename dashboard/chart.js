// One Plotly renderer for the whole app: keeps its nodes when the data change, plays films.
// Called again by Streamlit at every change of data or theme; `boards` remembers each mount.
const boards = new WeakMap();
const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, showTips: false };
const REST = 250; // ms of quiet before the server is told where a film stands, or asked for one
const BREATH = 0.3; // of a frame's painting time: left free, so that clicks are heard while it plays
const COARSE = window.matchMedia("(pointer: coarse)");
const ICONS = {
  back: "M11 3 5 8l6 5z M3 3h2v10H3z",
  play: "M4 3l9 5-9 5z",
  pause: "M4 3h3v10H4z M9 3h3v10H9z",
  next: "M5 3l6 5-6 5z M11 3h2v10h-2z",
};
const ARRAYS = {
  f4: Float32Array, f8: Float64Array, i1: Int8Array, u1: Uint8Array, i2: Int16Array,
  u2: Uint16Array, i4: Int32Array, u4: Uint32Array,
};

function loadPlotly() {
  window.nnPlotly ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve(window.Plotly);
    const script = document.createElement("script");
    script.src = new URL("app/static/plotly.min.js", document.baseURI).href;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error(`cannot load ${script.src}`));
    document.head.append(script);
  });
  return window.nnPlotly;
}

// --- the message: uint32 length, JSON, then raw arrays (8-byte aligned) -------------------

function unpack(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const message = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  // A copy: its start is aligned for every array type, and the message's buffer can be freed.
  message.blob = bytes.slice(4 + size + ((8 - ((4 + size) % 8)) % 8)).buffer;
  return message;
}

function trackFrames(track, blob) {
  if (track.values) return track.values;
  const Kind = ARRAYS[track.dtype];
  const [n, ...shape] = track.shape;
  const each = shape.reduce((a, b) => a * b, 1);
  const all = new Kind(blob, track.offset, n * each);
  return Array.from({ length: n }, (_, i) => {
    const flat = all.subarray(i * each, (i + 1) * each);
    if (shape.length === 0) return flat[0];
    if (shape.length === 1) return flat;
    const width = shape[1];
    return Array.from({ length: shape[0] }, (_, r) => flat.subarray(r * width, (r + 1) * width));
  });
}

// --- frames laid over a figure ------------------------------------------------------------

// Copies along the path only: Plotly compares by identity, so what is shared is not redrawn.
function withValue(node, path, value) {
  if (path.length === 0) return value;
  const copy = Array.isArray(node) ? node.slice() : { ...node };
  copy[path[0]] = withValue(copy[path[0]] ?? {}, path.slice(1), value);
  return copy;
}

function figureAt(board, index) {
  const panel = board.panels[index];
  let { data, layout } = panel.figure;
  const film = board.film;
  if (film?.count) {
    for (const track of film.tracks) {
      if (track.panel !== index) continue;
      const value = frameOf(film, track);
      if (track.trace === null) layout = withValue(layout, track.path, value);
      else data = withValue(data, [track.trace, ...track.path], value);
    }
  }
  return { data, layout };
}

// What this frame changes in a panel's layout, or null if it changes its data too.
function layoutMoves(board, index) {
  const { film } = board;
  const tracks = film?.count ? film.tracks.filter((track) => track.panel === index) : [];
  if (tracks.length === 0 || tracks.some((track) => track.trace !== null)) return null;
  const name = (path) => path.reduce((a, b) => (typeof b === "number" ? `${a}[${b}]` : `${a}.${b}`));
  return Object.fromEntries(
    tracks.map((track) => [name(track.path), frameOf(film, track)]));
}

const frameOf = (film, track) =>
  track.frames[Math.min(film.frame - film.first, track.frames.length - 1)];

// One paint of a panel at a time; what is asked for meanwhile becomes one more at the end.
function paint(board, index) {
  const panel = board.panels[index];
  if (!panel?.figure) return Promise.resolve();
  panel.dirty = true;
  panel.painting ??= (async () => {
    while (panel.dirty && !board.gone) {
      panel.dirty = false;
      await paintOnce(board, panel);
    }
  })().finally(() => { panel.painting = null; });
  return panel.painting;
}

async function paintOnce(board, panel) {
  const { Plotly } = board;
  const { data, layout } = figureAt(board, panel.index);
  const width = Math.floor(panel.node.clientWidth);
  // Hidden, or Plotly still on its way: the resize observer or `update` paints later.
  if (!width || !Plotly) return;
  const sized = { ...layout, width, height: panel.height };
  if (COARSE.matches) sized.dragmode = false; // a finger on the chart scrolls the page
  const drawn = `${panel.digest} ${width} ${panel.height}`;
  const moves = panel.listening && panel.drawn === drawn ? layoutMoves(board, panel.index) : null;
  Object.assign(panel, { width, drawn });
  try {
    // Plotly draws a figure whole if any of its data change, but a layout's parts one by one.
    if (moves) {
      await Plotly.relayout(panel.node, moves);
      countPaint(panel.node);
    } else await Plotly.react(panel.node, data, sized, CONFIG);
  } catch (error) {
    if (board.gone) return; // taken off the page meanwhile
    // No way from the old figure to this one: draw it anew.
    console.warn(`chart ${board.root.dataset.chartKey} is drawn anew:`, error);
    Plotly.purge(panel.node);
    panel.listening = false;
    await Plotly.newPlot(panel.node, data, sized, CONFIG);
  }
  if (!panel.listening && !board.gone) listen(board, panel);
}

function paintPanels(board, indices) {
  return Promise.all(indices.map((index) => paint(board, index)));
}

// --- panels -------------------------------------------------------------------------------

function newPanel(board, index) {
  const node = document.createElement("div");
  node.className = "nn-plot";
  node.setAttribute("role", "img");
  node.dataset.painted = "0";
  board.grid.append(node);
  const panel = { node, index };
  panel.observer = new ResizeObserver(() => {
    if (board.Plotly && panel.figure && Math.floor(node.clientWidth) !== panel.width) {
      cancelAnimationFrame(panel.pending);
      panel.pending = requestAnimationFrame(() => paint(board, index));
    }
  });
  panel.observer.observe(node);
  listenForClicks(board, panel);
  return panel;
}

// Once, after a panel's first paint: Plotly's events exist from then on.
function listen(board, panel) {
  const { node } = panel;
  panel.listening = true;
  countPaint(node);
  node.on("plotly_afterplot", () => countPaint(node));
  node.on("plotly_click", (event) => { panel.hit = event.points[0]; });
}

function countPaint(node) {
  node.dataset.painted = String(Number(node.dataset.painted) + 1);
}

// Plotly covers the page while a button is down, so the release is heard on the window.
function listenForClicks(board, panel) {
  panel.node.addEventListener("pointerdown", (down) => {
    if (!board.click || down.button !== 0) return;
    const release = (up) => {
      const moved = Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY);
      // Plotly names the point it hit just after the release: wait for it.
      if (moved < 6 && up.type === "pointerup") setTimeout(() => sendClick(board, panel, up), 60);
      window.removeEventListener("pointerup", release, true);
      window.removeEventListener("pointercancel", release, true);
    };
    window.addEventListener("pointerup", release, true);
    window.addEventListener("pointercancel", release, true);
  });
}

function sendClick(board, panel, event) {
  const full = panel.node._fullLayout;
  const box = panel.node.getBoundingClientRect();
  const hit = panel.hit;
  panel.hit = null;
  const place = { panel: panel.index, x: null, y: null, curve: null, point: null, custom: null };
  if (full.xaxis && full.yaxis) {
    const px = event.clientX - box.left - full.xaxis._offset;
    const py = event.clientY - box.top - full.yaxis._offset;
    const inside = px >= 0 && py >= 0 && px <= full.xaxis._length && py <= full.yaxis._length;
    if (!inside && !hit) return;
    Object.assign(place, { x: full.xaxis.p2d(px), y: full.yaxis.p2d(py) });
  }
  if (hit) {
    const { curveNumber: curve, pointNumber: point, customdata } = hit;
    const custom = ArrayBuffer.isView(customdata) ? Array.from(customdata) : customdata ?? null;
    Object.assign(place, { curve, point: point ?? null, custom });
  }
  board.component.setTriggerValue("click", place);
}

// --- the film -----------------------------------------------------------------------------

function icon(button, name, label) {
  if (button.dataset.icon === name) return;
  button.dataset.icon = name;
  button.setAttribute("aria-label", label);
  button.title = label;
  button.innerHTML =
    `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
}

function buildFilmBar(board) {
  const bar = document.createElement("div");
  bar.className = "nn-film";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Film of the run");
  const button = (name, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    icon(made, name, label);
    made.onclick = act;
    bar.append(made);
    return made;
  };
  const jump = (by) => () => { pause(board); show(board, board.film.frame + by, true); };
  button("back", "Previous frame", jump(-1));
  board.playButton = button("play", "Play", () => togglePlay(board));
  button("next", "Next frame", jump(1));
  const range = document.createElement("input");
  range.type = "range";
  range.setAttribute("aria-label", "Frame");
  range.oninput = () => {
    const frame = Number(range.value); // before `pause` puts the old one back
    pause(board);
    show(board, frame, true);
  };
  const caption = document.createElement("span");
  caption.className = "nn-caption";
  caption.setAttribute("aria-live", "polite");
  bar.append(range, caption);
  board.root.append(bar);
  Object.assign(board, { bar, range, caption });
}

const lastFrame = (film) => film.first + film.count - 1;

function updateBar(board) {
  const { film, range, caption } = board;
  range.min = film.first;
  range.max = lastFrame(film);
  range.value = film.frame;
  const words = film.captions[film.frame - film.first] ?? `Frame ${film.frame}`;
  range.setAttribute("aria-valuetext", words);
  // Spoken when the learner stops, not sixty times a second.
  caption.setAttribute("aria-live", film.playing ? "off" : "polite");
  if (caption.textContent !== words) caption.textContent = words;
  icon(board.playButton, film.playing ? "pause" : "play", film.playing ? "Pause" : "Play");
  board.bar.dataset.frame = film.frame;
  board.bar.dataset.frames = film.count;
  board.bar.dataset.playing = String(film.playing);
  tellWhenAtRest(board);
}

// For a page whose words follow the film: where the learner has stopped it.
function tellWhenAtRest(board) {
  clearTimeout(board.resting);
  if (!board.tells) return;
  board.resting = setTimeout(() => {
    const { film } = board;
    if (board.gone || !film || film.playing || film.told === film.frame) return;
    film.told = film.frame;
    board.component.setTriggerValue("frame", film.frame);
  }, REST);
}

// One paint at a time: a frame that is asked for while one is painting replaces the next one.
function show(board, frame, byHand = false) {
  const film = board.film;
  film.frame = Math.max(film.first, Math.min(lastFrame(film), frame));
  if (byHand) film.follow = film.frame === lastFrame(film);
  updateBar(board);
  film.dirty = true;
  film.stale = false;
  film.painting ??= (async () => {
    while (film.dirty) {
      film.dirty = false;
      const began = performance.now();
      const late = film.playing && !film.fresh ? film.at_rest : [];
      film.fresh = false;
      await paintPanels(board, filmedPanels(film).filter((index) => !late.includes(index)));
      film.restUntil = performance.now() + BREATH * (performance.now() - began);
    }
  })().finally(() => { film.painting = null; });
  return film.painting;
}

const filmedPanels = (film) => [...new Set(film.tracks.map((track) => track.panel))];

function pause(board) {
  const { film } = board;
  if (film.playing) paintPanels(board, film.at_rest);
  film.playing = false;
  cancelAnimationFrame(board.timer);
  updateBar(board);
}

function togglePlay(board) {
  const film = board.film;
  if (film.playing) { film.follow = false; return pause(board); }
  if (film.frame === lastFrame(film)) show(board, film.first);
  film.follow = film.live;
  play(board, film.rate);
}

// `rate` in frames a second; time, not ticks, chooses the frame, so a slow screen skips some.
function play(board, rate) {
  const film = board.film;
  cancelAnimationFrame(board.timer);
  film.playing = true;
  const from = film.frame;
  const began = performance.now();
  const tick = (now) => {
    if (board.film !== film || !film.playing) return;
    const target = Math.min(lastFrame(film), from + Math.floor(((now - began) / 1000) * rate));
    const rested = performance.now() >= (film.restUntil ?? 0);
    if (target !== film.frame && !film.painting && rested) show(board, target);
    if (film.frame >= lastFrame(film)) return pause(board);
    board.timer = requestAnimationFrame(tick);
  };
  updateBar(board);
  board.timer = requestAnimationFrame(tick);
}

const equal = (a, b) => a === b || (typeof a === "object" && typeof b === "object" &&
  a.length === b.length && Array.prototype.every.call(a, (value, i) => equal(value, b[i])));

// Whether both show the same now, as they do when the whole of a film comes after its tail.
function sameFrame(old, film) {
  return film.tracks.length === old.tracks.length && film.tracks.every((track, i) => {
    const before = old.tracks[i];
    return track.panel === before.panel && track.trace === before.trace &&
      track.path.join() === before.path.join() &&
      equal(frameOf(film, track), frameOf(old, before));
  });
}

// Only a run's tail came: asks once for the whole, when no other run has come for a while.
function askForFilm(board, sent) {
  clearTimeout(board.asking);
  if (sent.start === 0 || board.asked === sent.run) return;
  board.asking = setTimeout(() => {
    if (board.gone || board.film?.run !== sent.run) return;
    board.asked = sent.run;
    board.component.setTriggerValue("need_film", { run: sent.run, have: 0 });
  }, REST);
}

// Takes in a chunk; returns true when the panels must be painted at once.
function takeFilm(board, message) {
  const sent = message.film;
  if (!sent) {
    if (board.film) { cancelAnimationFrame(board.timer); board.bar.hidden = true; }
    board.film = null;
    return;
  }
  if (!board.bar) buildFilmBar(board);
  board.bar.hidden = false;
  const tracks = sent.tracks.map((track) => ({
    ...track, frames: trackFrames(track, message.blob),
  }));
  const old = board.film;
  const joins = old && old.run === sent.run && old.tracks.length === tracks.length &&
    sent.start >= old.first && sent.start <= old.first + old.count;
  const live = { live: sent.live, rate: sent.rate };
  if (!joins) {
    const film = { ...sent, ...live, tracks, first: sent.start, count: sent.count,
      playing: false, follow: true, painting: null };
    cancelAnimationFrame(board.timer);
    board.film = film;
    film.frame = (old && old.run === sent.run) ? old.frame
      : sent.live ? film.first
      : film.first + (sent.show < 0 ? sent.count + sent.show : sent.show);
    film.frame = Math.max(film.first, Math.min(lastFrame(film), film.frame));
    film.told = film.frame;
    film.stale = !old || !sameFrame(old, film);
    askForFilm(board, sent);
  } else {
    const keep = sent.start - old.first;
    const again = sent.start > 0 && keep + sent.count <= old.count; // nothing that is not here yet
    const stopped = old.live && !sent.live && old.playing;
    tracks.forEach((track, i) => {
      track.frames = old.tracks[i].frames.slice(0, keep).concat(track.frames);
    });
    Object.assign(old, live, { tracks, captions: old.captions.slice(0, keep).concat(sent.captions),
      count: keep + sent.count });
    old.frame = Math.min(old.frame, lastFrame(old));
    old.stale = keep <= old.frame - old.first && !again; // the frame on show was sent anew
    old.fresh = !again;
    if (stopped) { // no frame that waits is played out
      cancelAnimationFrame(board.timer);
      old.playing = false;
      if (old.follow) old.frame = lastFrame(old);
      old.stale = true;
    }
  }
  const film = board.film;
  updateBar(board);
  const behind = lastFrame(film) - film.frame;
  if (sent.live && film.follow && behind > 0) play(board, Math.max(1, behind / sent.interval));
}

// --- a followed link --------------------------------------------------------------------

// A link further down the page has set the controls: bring the picture it changed into view.
function reveal(board, count) {
  const before = window.nnRevealed ?? 0;
  window.nnRevealed = count;
  if (count <= before || !board.seen) return;
  const first = document.querySelector(".nn-board");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  first?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

// --- mounting -----------------------------------------------------------------------------

function newBoard(parent) {
  const root = document.createElement("div");
  root.className = "nn-board";
  const grid = document.createElement("div");
  grid.className = "nn-grid";
  const failed = document.createElement("p");
  failed.textContent = "This chart could not be drawn. Reload the page to try again.";
  failed.setAttribute("role", "alert");
  failed.hidden = true;
  root.append(grid, failed);
  parent.append(root);
  return { root, grid, failed, panels: [], film: null };
}

// Streamlit tells the server about the theme late: ask for another run when it was wrong.
function checkTheme(board, drawnFor) {
  const color = getComputedStyle(board.root).getPropertyValue("--st-background-color").trim();
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(color);
  if (!hex) return;
  const [r, g, b] = hex.slice(1).map((part) => parseInt(part, 16));
  const actual = 0.299 * r + 0.587 * g + 0.114 * b > 128 ? "light" : "dark";
  if (actual === drawnFor) { board.askedTheme = null; return; }
  if (board.askedTheme === actual) return;
  board.askedTheme = actual;
  board.component.setTriggerValue("theme", actual);
}

async function update(board, message) {
  const { root, grid } = board;
  root.dataset.chartKey = message.key;
  root.dataset.theme = message.theme;
  grid.style.setProperty("--nn-columns", message.columns);
  board.click = message.click;
  board.tells = message.tells;
  root.classList.toggle("nn-clickable", message.click);
  while (board.panels.length > message.panels.length) {
    const gone = board.panels.pop();
    gone.observer.disconnect();
    board.Plotly?.purge(gone.node);
    gone.node.remove();
  }
  const changed = [];
  message.panels.forEach((sent, index) => {
    const panel = (board.panels[index] ??= newPanel(board, index));
    panel.node.setAttribute("aria-label", sent.alt);
    panel.node.style.minHeight = `${sent.height}px`;
    if (panel.digest === sent.digest && panel.height === sent.height) return;
    Object.assign(panel, { digest: sent.digest, height: sent.height, figure: sent.figure });
    changed.push(index);
  });
  reveal(board, message.reveal);
  board.seen = true;
  takeFilm(board, message);
  board.Plotly ??= await loadPlotly();
  if (board.gone) return;
  const filmed = new Set(board.film?.tracks.map((track) => track.panel));
  await paintPanels(board, changed.filter((index) => board.panels[index] && !filmed.has(index)));
  if (board.film && (board.film.stale || changed.some((index) => filmed.has(index)))) {
    await show(board, board.film.frame);
  }
}

export default function (component) {
  const { parentElement, data } = component;
  let board = boards.get(parentElement);
  if (!board || !board.root.isConnected) {
    board = newBoard(parentElement);
    boards.set(parentElement, board);
  }
  board.component = component;
  if (board.bytes !== data && data) {
    board.bytes = data;
    const message = unpack(data);
    board.drawnFor = message.theme;
    update(board, message).catch((error) => {
      if (board.gone) return;
      board.failed.hidden = false;
      console.error(error);
    });
  }
  checkTheme(board, board.drawnFor);
  return () => {
    board.gone = true;
    cancelAnimationFrame(board.timer);
    clearTimeout(board.asking);
    for (const panel of board.panels) {
      panel.observer.disconnect();
      board.Plotly?.purge(panel.node);
    }
    board.root.remove();
    boards.delete(parentElement);
  };
}
