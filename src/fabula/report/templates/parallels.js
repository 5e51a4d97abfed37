(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const HEIGHT = 1000;
  document.documentElement.classList.add("js");
  const panels = all(".synopsis").map(synopsis);
  let open = panels[0];

  /* One synopsis: its rows, the filters chosen, the row at hand. */
  function synopsis(root) {
    const lines = one(".lines", root);
    const state = {
      root, lines, now: null, chosen: new Set(), near: [], hot: [],
      chunks: all(".chunk", lines),
      rows: all(".row", lines),
      views: all(".view", root),
      where: one(".where", root),
      every: one(".chip.all", root),
    };
    state.listed = state.rows.filter((row) => row.dataset.k);
    state.shown = state.listed;
    if (state.listed.length) state.listed[0].tabIndex = 0;
    for (const chip of all(".chip[data-filter]", root)) {
      chip.addEventListener("click", () => {
        const key = chip.dataset.filter;
        state.chosen.has(key) ? state.chosen.delete(key) : state.chosen.add(key);
        filter(state);
      });
    }
    state.every.addEventListener("click", () => clear(state));
    one(".next", root).addEventListener("click", () => step(state, 1, differs));
    one(".prev", root).addEventListener("click", () => step(state, -1, differs));
    lines.addEventListener("focusin", (event) => {
      const row = event.target.closest(".row[data-k]");
      if (row) choose(state, row);
    });
    lines.addEventListener("pointerdown", (event) => {
      const row = event.target.closest(".row[data-k]");
      if (row && !event.target.closest("a")) choose(state, row);
    });
    lines.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || event.target.closest("a") || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      step(state, by);
    });
    lines.addEventListener("pointerover", (event) => lit(state, event.target));
    lines.addEventListener("pointerleave", () => lit(state, null));
    one("svg.map", root)?.addEventListener("click", (event) => fromMap(state, event));
    return state;
  }

  const kinds = (row) => row.dataset.k.split(" ");
  const differs = (row) => row.dataset.k !== "same";

  /* Rows that have one of the kinds chosen stay; what is left out between them is counted. */
  function filter(state) {
    const { chosen } = state;
    const away = chosen.size > 0;
    let skipped = 0;
    for (const row of state.rows) {
      const stays = !away || (row.dataset.k && kinds(row).some((kind) => chosen.has(kind)));
      row.hidden = !stays;
      if (stays && skipped) row.dataset.skipped = skipped === 1 ? "1 row" : `${skipped} rows`;
      else delete row.dataset.skipped;
      skipped = stays ? 0 : skipped + (row.dataset.k ? 1 : 0);
    }
    for (const chunk of state.chunks) chunk.hidden = [...chunk.children].every((row) => row.hidden);
    for (const chip of all(".chip[data-filter]", state.root)) {
      chip.setAttribute("aria-pressed", String(chosen.has(chip.dataset.filter)));
    }
    state.shown = state.listed.filter((row) => !row.hidden);
    state.every.hidden = !away;
    state.lines.classList.toggle("filtered", away);
    if (state.now?.hidden) forget(state);
    const first = state.now || state.shown[0];
    for (const row of state.listed) if (row.tabIndex === 0 && row !== first) row.tabIndex = -1;
    if (first) first.tabIndex = 0;
    tell(state);
    if (state.now) bring(state.now);
    look();
  }

  function clear(state) {
    state.chosen.clear();
    filter(state);
  }

  function tell(state) {
    const rows = (number) => `${number.toLocaleString("en")} ${number === 1 ? "row" : "rows"}`;
    const at = state.now ? state.shown.indexOf(state.now) : -1;
    state.where.textContent = at >= 0 ? `${(at + 1).toLocaleString("en")} of ${rows(state.shown.length)}`
      : state.chosen.size ? rows(state.shown.length) : "";
  }

  function forget(state) {
    state.now?.classList.remove("now");
    state.now = null;
    mark(state, "near", []);
  }

  function choose(state, row) {
    if (state.now === row) return;
    open = state;
    for (const other of all('.row[tabindex="0"]', state.lines)) other.tabIndex = -1;
    forget(state);
    state.now = row;
    row.classList.add("now");
    row.tabIndex = 0;
    mark(state, "near", partners(row));
    tell(state);
  }

  /* The places of a row's words that stand elsewhere in their telling. */
  function partners(row) {
    return all(".moved a, .away a", row).map((link) => document.getElementById(link.hash.slice(1))).filter(Boolean);
  }

  /* The next row, or the next of a kind, counted from the row at hand or the screen. */
  function step(state, by, wanted = () => true) {
    const rows = state.shown;
    if (!rows.length) return;
    let at = state.now ? rows.indexOf(state.now) : -1;
    if (at < 0) at = fromScreen(rows) + (by > 0 ? -1 : 0);
    for (at += by; at >= 0 && at < rows.length; at += by) {
      if (!wanted(rows[at])) continue;
      go(state, rows[at]);
      return;
    }
    if (state.now) bring(state.now);
  }

  function go(state, row) {
    choose(state, row);
    row.focus({ preventScroll: true });
    bring(row);
  }

  /* Index of the first row below the tools; rows stand in order, so halving finds it. */
  function fromScreen(rows, edge = 120) {
    let low = 0, high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].getBoundingClientRect().bottom <= edge) low = middle + 1; else high = middle;
    }
    return low;
  }

  /* Chunks far away have guessed heights, so what is brought may move when they are laid out: look again. */
  function bring(element, again = 3) {
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 130 || bottom > innerHeight - 40) element.scrollIntoView({ block: bottom - top > innerHeight - 180 ? "start" : "center", behavior: "instant" });
    if (again) requestAnimationFrame(() => bring(element, again - 1));
  }

  /* A word that differs lights up with its counterpart; a displaced line with its place. */
  function lit(state, target) {
    const row = target?.closest(".row[id]");
    if (!state.now) mark(state, "near", row ? partners(row) : []);
    const wanted = target?.closest("[data-c]")?.dataset.c.split(" ") || [];
    const named = wanted.length ? all("[data-c]", row) : [];
    mark(state, "hot", named.filter((each) => each.dataset.c.split(" ").some((id) => wanted.includes(id))));
  }

  /* Give a class to these elements alone. */
  function mark(state, name, elements) {
    for (const element of state[name]) element.classList.remove(name);
    for (const element of elements) element.classList.add(name);
    state[name] = elements;
  }

  /* The map: which part of each telling is on the screen, and from a click to the nearest row. */
  const heights = (row) => row.dataset.y?.split(" ").map((y) => (y === "-" ? NaN : Number(y))) || [];

  function look() {
    for (const state of panels) {
      if (!state.views.length || !state.shown.length) continue;
      const from = fromScreen(state.shown);
      const spans = state.views.map(() => [Infinity, -Infinity]);
      for (let at = from; at < state.shown.length; at += 1) {
        if (at > from && state.shown[at].getBoundingClientRect().top > innerHeight) break;
        heights(state.shown[at]).forEach((y, column) => {
          if (Number.isNaN(y)) return;
          spans[column] = [Math.min(spans[column][0], y), Math.max(spans[column][1], y)];
        });
      }
      state.views.forEach((view, column) => {
        const [top, bottom] = spans[column];
        view.setAttribute("y", Number.isFinite(top) ? top : 0);
        view.setAttribute("height", Number.isFinite(top) ? Math.max(8, bottom - top) : 0);
      });
    }
  }

  function fromMap(state, event) {
    const svg = event.currentTarget, frame = svg.getBoundingClientRect();
    const wanted = (HEIGHT * (event.clientY - frame.top)) / frame.height;
    const columns = state.views.length;
    const column = Math.min(columns - 1, Math.floor((columns * (event.clientX - frame.left)) / frame.width));
    let best = null, least = Infinity;
    for (const row of state.shown) {
      const apart = Math.abs(heights(row)[column] - wanted);
      if (apart < least) { least = apart; best = row; }
    }
    if (best) go(state, best);
  }

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; look(); });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);

  /* Links to a row show it even where a filter has hidden it. */
  function arrive() {
    const target = document.getElementById(location.hash.slice(1));
    const state = target?.matches(".row") && panels.find((panel) => panel.lines.contains(target));
    if (!state) return;
    if (target.hidden) clear(state);
    if (target.dataset.k) go(state, target);
    else {
      bring(target);
      mark(state, "near", [target]);
      one("a", target)?.focus({ preventScroll: true });
    }
  }
  addEventListener("hashchange", arrive);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#r']");
    if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); arrive(); }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !open) return;
    if (event.key === "Escape") { forget(open); clear(open); return; }
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "j") step(open, 1);
    else if (event.key === "k") step(open, -1);
    else if (event.key === "n") step(open, 1, differs);
    else if (event.key === "p") step(open, -1, differs);
  });
  arrive();
  look();
})();
