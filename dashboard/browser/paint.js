// Painting: frames laid over a figure, one paint of a panel at a time.

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
