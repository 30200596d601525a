// A sheet of square cells to draw on, with a mouse, a finger or the keyboard.
// Its text has one digit for each cell, row by row: 0 is paper, `levels` the darkest ink.
const sheets = new WeakMap();
const PACE = 150; // ms between two messages of one stroke: each asks for a run of the page
const SIDES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function newSheet(parent, { side, label, help }) {
  const root = document.createElement("div");
  root.className = "nn-sheet";
  const grid = document.createElement("div");
  grid.className = "nn-cells";
  grid.setAttribute("role", "grid");
  grid.setAttribute("aria-label", label);
  grid.style.setProperty("--side", side);
  const cells = [];
  for (let row = 0; row < side; row += 1) {
    const line = document.createElement("div");
    line.setAttribute("role", "row");
    for (let column = 0; column < side; column += 1) {
      const cell = document.createElement("div");
      cell.setAttribute("role", "gridcell");
      cell.tabIndex = row + column === 0 ? 0 : -1; // one stop for the tab key, arrows inside
      line.append(cell);
      cells.push(cell);
    }
    grid.append(line);
  }
  const told = document.createElement("p");
  told.setAttribute("aria-live", "polite");
  told.textContent = help;
  root.append(grid, told);
  parent.append(root);
  const sheet = { root, grid, cells, told, side, at: 0, ink: [], waiting: [] };
  listenToPointer(sheet);
  listenToKeys(sheet);
  return sheet;
}

const nameOf = (sheet, index) =>
  `Row ${Math.floor(index / sheet.side) + 1}, column ${(index % sheet.side) + 1}: ` +
  `ink ${sheet.ink[index]} of ${sheet.levels}`;

function setCell(sheet, index, level) {
  if (sheet.ink[index] === level) return;
  sheet.ink[index] = level;
  const cell = sheet.cells[index];
  cell.dataset.ink = level;
  cell.style.setProperty("--ink", `${(100 * level) / sheet.levels}%`);
  cell.setAttribute("aria-label", nameOf(sheet, index));
}

// Full ink under the pen and less beside it, as where a pen crosses the cells of a scanner.
function stamp(sheet, x, y) {
  sheet.cells.forEach((_, index) => {
    const far = Math.hypot(x - (index % sheet.side) - 0.5,
      y - Math.floor(index / sheet.side) - 0.5);
    if (sheet.erase) {
      if (far < 0.6) setCell(sheet, index, 0);
    } else {
      const level = Math.round(sheet.levels * Math.max(0, Math.min(1, 1.2 - far)));
      if (level > sheet.ink[index]) setCell(sheet, index, level);
    }
  });
}

function listenToPointer(sheet) {
  const { grid } = sheet;
  const place = (event) => {
    const box = grid.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * sheet.side,
      ((event.clientY - box.top) / box.height) * sheet.side];
  };
  grid.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    grid.setPointerCapture(event.pointerId);
    sheet.last = place(event);
    moveTo(sheet, Math.floor(sheet.last[1]) * sheet.side + Math.floor(sheet.last[0]), false);
    stamp(sheet, ...sheet.last);
    send(sheet);
  });
  const draw = (event) => {
    if (sheet.last) drawLine(sheet, ...place(event));
  };
  grid.addEventListener("pointermove", draw);
  grid.addEventListener("pointerup", draw); // a quick pen is lifted further on than it last moved
  for (const end of ["pointerup", "pointercancel"]) {
    grid.addEventListener(end, () => { sheet.last = null; });
  }
}

function drawLine(sheet, x, y) {
  const [fromX, fromY] = sheet.last;
  const steps = Math.ceil(4 * Math.hypot(x - fromX, y - fromY));
  for (let step = 1; step <= steps; step += 1) {
    stamp(sheet, fromX + ((x - fromX) * step) / steps, fromY + ((y - fromY) * step) / steps);
  }
  sheet.last = [x, y];
  send(sheet);
}

function moveTo(sheet, index, focus = true) {
  if (!(index in sheet.cells)) return;
  sheet.cells[sheet.at].tabIndex = -1;
  sheet.at = index;
  sheet.cells[index].tabIndex = 0;
  if (focus) sheet.cells[index].focus();
}

function listenToKeys(sheet) {
  sheet.grid.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { at, side } = sheet;
    const step = SIDES[event.key];
    if (step) {
      const row = Math.max(0, Math.min(side - 1, Math.floor(at / side) + step[0]));
      const column = Math.max(0, Math.min(side - 1, (at % side) + step[1]));
      moveTo(sheet, row * side + column);
    } else {
      const level = levelFor(sheet, event.key);
      if (level === null) return;
      setCell(sheet, at, level);
      sheet.told.textContent = nameOf(sheet, at);
      send(sheet);
    }
    event.preventDefault();
  });
}

function levelFor(sheet, key) {
  const now = sheet.ink[sheet.at];
  if (key === " " || key === "Enter") return now === sheet.levels ? 0 : now + 1;
  if (key === "Delete" || key === "Backspace") return 0;
  return /^\d$/.test(key) && Number(key) <= sheet.levels ? Number(key) : null;
}

// At once, then at most once every PACE while the stroke goes on, and always its end.
function send(sheet) {
  if (sheet.pacing) return;
  const now = sheet.ink.join("");
  if (now === (sheet.waiting.at(-1) ?? sheet.text)) return;
  sheet.waiting.push(now);
  sheet.component.setTriggerValue("ink", now);
  sheet.pacing = setTimeout(() => {
    sheet.pacing = 0;
    if (!sheet.gone) send(sheet);
  }, PACE);
}

// The server's answers come later than the strokes: only what was not drawn here changes cells.
function take(sheet, data) {
  Object.assign(sheet, { levels: data.levels, erase: data.erase });
  if (data.ink === sheet.text) return;
  sheet.text = data.ink;
  const own = sheet.waiting.indexOf(data.ink);
  if (own >= 0) {
    sheet.waiting.splice(0, own + 1);
    return;
  }
  if (sheet.last) return; // the pen is on the sheet: what it draws goes out next
  sheet.waiting = [];
  [...data.ink].forEach((level, index) => setCell(sheet, index, Number(level)));
}

export default function (component) {
  const { parentElement, data } = component;
  let sheet = sheets.get(parentElement);
  if (!sheet || !sheet.root.isConnected) {
    sheet = newSheet(parentElement, data);
    sheets.set(parentElement, sheet);
  }
  sheet.component = component;
  take(sheet, data);
  return () => {
    // Streamlit also cleans up after a call that a newer one has overtaken: that one lives on here.
    if (parentElement.isConnected) return;
    sheet.gone = true;
    clearTimeout(sheet.pacing);
    sheet.root.remove();
    sheets.delete(parentElement);
  };
}
