(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const people = JSON.parse(one("#people").textContent);
  const called = (number) => people[number] || "Unknown";
  const together = new Intl.ListFormat("en");
  const card = one("#card");
  const panels = all(".telling").map(telling);
  let open = panels[0];
  document.documentElement.classList.add("js");

  /* One telling: its lines, the voice chosen, the line at hand. */
  function telling(root) {
    const reading = one(".reading", root);
    const state = {
      root, reading, key: root.id.slice(1), by: "", now: null, hits: [], hit: -1,
      pieces: all(".u", reading),
      lines: all(".u[id]", reading),
    };
    for (const button of all("[data-filter]", root)) {
      button.addEventListener("click", () => {
        choose(state, button.dataset.filter === state.by ? "" : button.dataset.filter);
        if (state.by && button.closest(".cast")) step(state, 1);
      });
    }
    one(".by", root).addEventListener("change", (event) => choose(state, event.target.value));
    one(".prev", root).addEventListener("click", () => step(state, -1));
    one(".next", root).addEventListener("click", () => step(state, 1));
    one(".go", root)?.addEventListener("change", (event) => {
      if (event.target.value) location.hash = event.target.value;
      event.target.value = "";
    });
    reading.addEventListener("click", (event) => {
      const piece = event.target.closest(".u");
      if (piece && getSelection().isCollapsed) show(state, lineOf(state, piece));
    });
    search(state, one(".query", root), one(".found", root));
    for (const table of all(".cast", root)) sortable(table);
    return state;
  }

  const lineOf = (state, piece) => document.getElementById(`u${state.key}-${piece.dataset.u}`) || piece;

  function choose(state, by) {
    state.by = by;
    state.reading.classList.toggle("filtered", by !== "");
    for (const piece of state.pieces) piece.classList.toggle("on", piece.dataset.s === by);
    for (const button of all("[data-filter]", state.root)) {
      button.setAttribute("aria-pressed", String(button.dataset.filter === by));
    }
    one(".by", state.root).value = by;
    if (state.now && by && state.now.dataset.s !== by) forget(state);
  }

  /* The next line of the chosen voice (of any, where none is chosen), counted from the line at hand or the screen. */
  function step(state, by) {
    const lines = state.by === "" ? state.lines : state.lines.filter((line) => line.dataset.s === state.by);
    if (!lines.length) return;
    let at = state.now ? lines.indexOf(state.now) : -1;
    if (at < 0) at = fromScreen(lines) + (by > 0 ? -1 : 0);
    at = Math.max(0, Math.min(lines.length - 1, at + by));
    show(state, lines[at]);
    bring(lines[at]);
    lines[at].setAttribute("tabindex", "-1");
    lines[at].focus({ preventScroll: true });
  }

  /* Index of the first line below the top of the screen; lines stand in order, so halving finds it. */
  function fromScreen(lines) {
    let low = 0, high = lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (lines[middle].getBoundingClientRect().top < 80) low = middle + 1; else high = middle;
    }
    return low;
  }

  /* Chunks far away have guessed heights, so what is brought may move when they are laid out: look again. */
  function bring(element, block = "center", again = 3) {
    element.scrollIntoView({ block, behavior: "instant" });
    if (again) requestAnimationFrame(() => bring(element, block, again - 1));
  }

  function forget(state) {
    for (const piece of all(".u.now", state.reading)) piece.classList.remove("now");
    state.now = null;
    card.hidden = true;
  }

  function show(state, line) {
    forget(state);
    state.now = line;
    for (const piece of all(`.u[data-u="${line.dataset.u}"]`, state.reading)) piece.classList.add("now");
    const { s, to, e, c, r } = line.dataset;
    const known = s !== "0";
    card.replaceChildren();
    say("strong", "", to ? `${called(s)} to ${together.format(to.split(" ").map(called))}` : called(s));
    if (known && c) say("span", "how", `${c}% sure` + (e && e !== "none" ? `, by ${e}` : ""));
    if (r) say("span", "how", r);
    const filter = say("button", "", state.by === s ? "All voices" : known ? "Only this voice" : "Only unknown");
    filter.type = "button";
    filter.addEventListener("click", () => { choose(state, state.by === s ? "" : s); if (state.now) show(state, state.now); });
    const close = say("button", "close", "✕");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => forget(state));
    card.hidden = false;
  }

  function say(tag, css, words) {
    const element = document.createElement(tag);
    element.className = css;
    element.textContent = words;
    card.append(element);
    return element;
  }

  /* Find in the text: paragraph by paragraph, so that a phrase may run over voices and line ends. */
  function search(state, query, found) {
    const blocks = all("p, h3, h4", state.reading);
    const marks = window.Highlight && CSS.highlights ? CSS.highlights : null;
    let timer = 0;
    const tell = () => {
      found.textContent = !query.value.trim() ? "" : state.hits.length ? `${state.hit + 1} of ${state.hits.length}` : "not found";
    };
    const run = () => {
      const words = query.value.trim();
      state.hits = words ? blocks.flatMap((block) => matches(block, words)) : [];
      state.hit = -1;
      marks?.delete("found-now");
      if (marks) words ? marks.set("found", new Highlight(...state.hits)) : marks.delete("found");
      if (state.hits.length) go(1); else tell();
    };
    const go = (by) => {
      if (!state.hits.length) return;
      state.hit = (state.hit + by + state.hits.length) % state.hits.length;
      const range = state.hits[state.hit];
      const block = range.startContainer.parentElement;
      block.closest("details")?.setAttribute("open", "");
      marks?.set("found-now", new Highlight(range));
      if (!marks) { one(".hit", state.reading)?.classList.remove("hit"); block.classList.add("hit"); }
      bring(block);
      tell();
    };
    query.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(run, 150); });
    query.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    });
  }

  function matches(block, words) {
    const whole = block.textContent;
    const pattern = words.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['’]/g, "['’]").replace(/["“”]/g, "[\"“”]"));
    const hits = [...whole.matchAll(new RegExp(pattern.join("\\s+"), "giu"))];
    if (!hits.length) return [];
    const nodes = [];
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let at = 0, node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push([at, node]);
      at += node.data.length;
    }
    const place = (at, end) => nodes.findLast(([start]) => (end ? start < at : start <= at));
    return hits.map((hit) => {
      const range = document.createRange();
      const [from, first] = place(hit.index, false), [until, last] = place(hit.index + hit[0].length, true);
      range.setStart(first, hit.index - from);
      range.setEnd(last, hit.index + hit[0].length - until);
      return range;
    });
  }

  /* The cast sheet: sorted by its heads; a long one is cut until it is asked for. */
  function sortable(table) {
    const body = table.tBodies[0], shown = Number(table.dataset.rows);
    let cut = body.rows.length > shown + 3;
    const trim = () => [...body.rows].forEach((row, at) => { row.hidden = cut && at >= shown; });
    for (const button of all("th button[data-sort]", table)) {
      button.addEventListener("click", () => {
        const head = button.parentElement, column = head.cellIndex, words = button.dataset.sort === "text";
        const rising = head.ariaSort === "none" ? words : head.ariaSort === "descending";
        for (const other of all("th[aria-sort]", table)) other.ariaSort = "none";
        head.ariaSort = rising ? "ascending" : "descending";
        const value = (row) => row.cells[column].dataset.v;
        const order = (a, b) => words ? value(a).localeCompare(value(b)) : value(a) - value(b);
        const last = (row) => Number(row.classList.contains("last"));
        body.append(...[...body.rows].sort((a, b) => last(a) - last(b) || (rising ? order(a, b) : order(b, a))));
        trim();
      });
    }
    if (!cut) return;
    trim();
    const more = document.createElement("button");
    more.type = "button";
    more.className = "more-rows";
    more.textContent = `… and ${body.rows.length - shown} more`;
    more.addEventListener("click", () => { cut = false; trim(); more.remove(); });
    table.closest(".wide").after(more);
  }

  /* Tabs */
  const tabs = all("[role=tab]");
  function select(at, focus) {
    if (panels[at] !== open) forget(open);
    open = panels[at];
    panels.forEach((panel, number) => { panel.root.hidden = number !== at; });
    tabs.forEach((tab, number) => {
      tab.setAttribute("aria-selected", String(number === at));
      tab.tabIndex = number === at ? 0 : -1;
    });
    if (focus) tabs[at].focus();
  }
  tabs.forEach((tab, at) => {
    tab.addEventListener("click", () => select(at, false));
    tab.addEventListener("keydown", (event) => {
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      select((to + tabs.length) % tabs.length, true);
    });
  });
  if (tabs.length) select(0, false);

  /* Links into the text open the telling, and whatever is folded around their target. */
  function arrive() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const at = panels.findIndex((panel) => panel.root.contains(target));
    if (at < 0) return;
    if (panels[at] !== open) select(at, false);
    target.closest("details.matter")?.setAttribute("open", "");
    if (target.matches(".u")) { show(open, lineOf(open, target)); bring(target); return; }
    bring(target, "start");
  }
  addEventListener("hashchange", arrive);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); arrive(); }
  });
  arrive();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { choose(open, ""); forget(open); return; }
    if (event.target.closest("input, select, textarea")) return;
    if (event.key === "n") step(open, 1);
    else if (event.key === "p") step(open, -1);
    else if (event.key === "/") { event.preventDefault(); one(".query", open.root).focus(); }
  });
})();
