// A panel: one Plotly node, its size, and what the learner does to it.

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
