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
  fork: "M4 2h2v5.4l5-3V2.5L15 5l-4 2.6V6.2L6 9.4V14H4z",
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
