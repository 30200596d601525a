// A board: the panels of one chart, mounted by Streamlit.

// A link further down the page has set the controls: bring the picture it changed into view.
function reveal(board, count) {
  const before = window.nnRevealed ?? 0;
  window.nnRevealed = count;
  if (count <= before || !board.seen) return;
  const first = document.querySelector(".nn-board");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  first?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

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
  board.forks = message.forks;
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
    // Streamlit also cleans up after a call that a newer one has overtaken: that one lives on here.
    if (parentElement.isConnected) return;
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
