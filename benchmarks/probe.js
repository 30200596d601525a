// Runs before every measured page's own scripts: when was a key pressed, when was a message sent to
// the server, when did its script finish, and when did each chart finish painting?
(() => {
  const probe = { key: null, sent: [], finished: [], paints: [], waiting: null };
  window.benchmarkProbe = probe;

  // --- Streamlit's protobuf messages: only the numbers of the top-level fields matter ---------
  const RERUN_SCRIPT = 11; // BackMsg.rerun_script
  const SCRIPT_FINISHED = 6; // ForwardMsg.script_finished
  const VARINT = 0;
  const LENGTH = 2;

  function fieldsOf(bytes) {
    let at = 0;
    const varint = () => {
      let value = 0;
      let scale = 1;
      for (;;) {
        const byte = bytes[at++];
        value += (byte & 127) * scale;
        if (byte < 128 || at >= bytes.length) return value;
        scale *= 128;
      }
    };
    const found = [];
    while (at < bytes.length) {
      const tag = varint();
      found.push(Math.floor(tag / 8));
      if (tag % 8 === LENGTH) {
        const length = varint(); // moves `at` itself, so it cannot stand in `at += varint()`
        at += length;
      } else if (tag % 8 === VARINT) varint();
      else break;
    }
    return found;
  }

  const asBytes = (data) => (data instanceof ArrayBuffer ? new Uint8Array(data) : data);

  window.WebSocket = class extends window.WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return;
        if (fieldsOf(asBytes(data)).includes(SCRIPT_FINISHED)) {
          probe.finished.push(performance.now());
        }
      });
    }

    send(data) {
      if (typeof data !== "string" && fieldsOf(asBytes(data)).includes(RERUN_SCRIPT)) {
        probe.sent.push(performance.now());
      }
      super.send(data);
    }
  };

  // --- charts: hooked as soon as Plotly has claimed their node ------------------------------
  const nodes = document.getElementsByClassName("js-plotly-plot");
  const hooked = new WeakSet();

  function nameOf(node) {
    const board = node.closest("[data-chart-key]");
    if (!board) return "chart";
    return `${board.dataset.chartKey}/${[...board.querySelectorAll(".nn-plot")].indexOf(node)}`;
  }

  function painted(node) {
    const name = nameOf(node);
    probe.paints.push([name, performance.now()]);
    if (probe.waiting && (probe.waiting.name === null || probe.waiting.name === name)) {
      probe.waiting.resolve(name);
      probe.waiting = null;
    }
  }

  new MutationObserver(() => {
    for (const node of nodes) {
      if (hooked.has(node) || !node.on) continue;
      hooked.add(node);
      node.on("plotly_afterplot", () => painted(node));
      node.on("plotly_relayout", () => painted(node)); // a film that moves the layout alone
    }
  }).observe(document, { childList: true, subtree: true });

  for (const kind of ["keydown", "pointerdown"]) {
    addEventListener(kind, (event) => { probe.key ??= event.timeStamp; }, { capture: true });
  }

  // Forgets the past; `arrived` then resolves at the next paint of that chart (null: any chart).
  probe.expect = (name) => {
    Object.assign(probe, { key: null, sent: [], finished: [], paints: [] });
    probe.arrived = new Promise((resolve, reject) => {
      const complain = () => {
        const names = [...new Set(probe.paints.map((paint) => paint[0]))].join(", ") || "none";
        reject(new Error(`no repaint of ${name} within 30 s; charts repainted: ${names}`));
      };
      const timer = setTimeout(complain, 30_000);
      probe.waiting = { name, resolve: (painted) => { clearTimeout(timer); resolve(painted); } };
    });
    probe.arrived.catch(() => {}); // not everyone who expects a paint waits for it
  };
  probe.isSettled = (quietMs) => {
    const last = Math.max(0, ...probe.sent, ...probe.finished, ...probe.paints.map((p) => p[1]));
    const running = probe.sent.length > 0 && !(probe.finished.at(-1) > probe.sent.at(-1));
    return performance.now() - last > quietMs && !running;
  };

  // --- a chart's figure as JSON: typed arrays as Plotly's own {dtype, bdata} ------------------
  const TYPES = {
    Float32Array: "f4", Float64Array: "f8", Int8Array: "i1", Uint8Array: "u1", Int16Array: "i2",
    Uint16Array: "u2", Int32Array: "i4", Uint32Array: "u4", Uint8ClampedArray: "u1c",
  };

  function spec(array, shape) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    const found = { dtype: TYPES[array.constructor.name], bdata: btoa(text) };
    return shape ? { ...found, shape: shape.join(",") } : found;
  }

  function plain(value) {
    if (ArrayBuffer.isView(value)) return spec(value);
    if (Array.isArray(value) && value.length && ArrayBuffer.isView(value[0])) {
      const width = value[0].length;
      const all = new value[0].constructor(value.length * width);
      value.forEach((row, index) => all.set(row, index * width));
      return spec(all, [value.length, width]);
    }
    if (Array.isArray(value)) return value.map(plain);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }

  probe.figure = (name) => {
    const node = [...nodes].find((each) => nameOf(each) === name);
    return { data: plain(node.data), layout: plain(node.layout) };
  };
})();
