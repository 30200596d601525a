// The film: its bar, its clock, and the chunks that it is made of.

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
  board.fork = button("fork", "Go on from here", () => {
    pause(board);
    board.component.setTriggerValue("fork", board.film.frame);
  });
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
  board.fork.hidden = !board.forks;
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
