"use strict";
// Filters, order and details of the PEP list. Text from documents is only ever set as textContent.
(() => {
  const parse = (id) => JSON.parse(document.getElementById(id).textContent);
  const { words, rows } = parse("index");
  const body = document.querySelector("#list tbody");
  const form = document.querySelector(".filters");
  const controls = [...form.elements].filter((control) => control.name);
  const columns = document.querySelectorAll("#list thead th").length;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let details = null; // parsed when the first PEP is opened

  function make(name, properties = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key === "class") made.className = value;
      else if (key === "text") made.textContent = value;
      else made.setAttribute(key, value);
    }
    made.append(...children.filter(Boolean));
    return made;
  }

  const gradeTag = (key) => make("span", { class: `tag ${key}`, text: words.grades[key] });
  const list = (items, properties = {}) => make("ul", properties, ...items.map((text) => make("li", { text })));

  // Details of one PEP

  const text = (number) => details.strings[number];

  function drawQuote([own, said, place]) {
    const words = make("bdi", { text: own ? `“${text(said)}”` : text(said) });
    return make("p", {}, words, text(place) && make("span", { class: "hint", text: text(place) }));
  }

  function drawFinding([title, state, cap, quotes, reasons, advice, authority]) {
    const capped = cap && cap !== "gold" ? `, which caps this area at ${words.grades[cap]}` : "";
    return make(
      "div",
      { class: `finding ${state}` },
      make("h5", { text: text(title) }),
      make("p", { class: "state", text: words.met[state] + capped }),
      ...reasons.map((reason) => make("p", { text: text(reason) })),
      quotes.length && make("blockquote", {}, ...quotes.map(drawQuote)),
      ...advice.map((said) => make("p", {}, make("strong", { text: "What to change: " }), text(said))),
      text(authority) && make("p", { class: "authority", text: `Authority: ${text(authority)}` }),
    );
  }

  function drawArea([title, grade, findings]) {
    const quiet = findings.filter(([, state]) => state === "met" || state === "not_applicable");
    const loud = findings.filter((finding) => !quiet.includes(finding));
    const folded =
      quiet.length &&
      make(
        "details",
        {},
        make("summary", { text: `Met, or does not apply (${quiet.length})` }),
        ...quiet.map(drawFinding),
      );
    return [
      make("h4", {}, make("span", { text: text(title) }), gradeTag(grade)),
      ...loud.map(drawFinding),
      folded || null,
    ];
  }

  function drawFacet([name, met, said, because]) {
    const state = met === null ? "cannot_tell" : met ? "met" : "not_met";
    return make(
      "tr",
      {},
      make("th", { scope: "row", text: text(name) }),
      make("td", { text: words.met[state] }),
      make("td", {}, text(said) && make("q", { text: text(said), dir: "auto" }), text(said) && text(because) && " – ", text(because)),
    );
  }

  function drawTarget([said, smart, facets, advice], number) {
    const head = ["Facet", "State", "Why"].map((word) => make("th", { scope: "col", text: word }));
    return make(
      "div",
      { class: "target" },
      make("h5", { text: `Target ${number + 1}: ${text(said)}`, dir: "auto" }),
      make("p", { class: "state", text: smart ? "SMART" : "Not yet SMART" }),
      make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...facets.map(drawFacet))),
      advice.length && list(advice.map(text)),
    );
  }

  function drawPep(row, id) {
    const pep = details.peps[row.place];
    const facts = pep.facts.flatMap(([label, value]) => [
      make("dt", { text: text(label) }),
      make("dd", { text: text(value) }),
    ]);
    const flags = pep.flags.map(([severity, word, message]) =>
      make("li", { class: severity }, make("strong", { text: `${text(word)}: ` }), text(message)),
    );
    const panel = make(
      "div",
      { class: "panel", role: "region", "aria-labelledby": `${id}-title`, tabindex: "-1" },
      make("h3", { id: `${id}-title`, text: row.name, dir: "auto" }),
      make("dl", {}, ...facts),
      pep.problem && make("p", { class: "notice", text: `${text(pep.problem[0])} ${text(pep.problem[1])}` }),
      make("p", {}, make("strong", { text: "Overall: " }), gradeTag(row.grade)),
      text(pep.rule) && make("p", { class: "state", text: text(pep.rule) }),
      flags.length && make("ul", { class: "flags", "aria-label": "To look at whatever the grade" }, ...flags),
      ...pep.areas.flatMap(drawArea),
      pep.targets.length && make("h4", { text: "Targets, one by one" }),
      ...pep.targets.map(drawTarget),
      pep.threads.length && make("h4", { text: "The golden thread" }),
      pep.threads.length && list(pep.threads.map(text)),
      pep.warnings.length && make("h4", { text: "What the reader was unsure of" }),
      pep.warnings.length && list(pep.warnings.map(text)),
    );
    return make("tr", { class: "detail", id }, make("td", { colspan: columns }, panel));
  }

  function toggle(row, open) {
    details ??= parse("details");
    if (open && !row.detail) {
      row.detail = drawPep(row, `detail-${row.id}`);
      row.line.after(row.detail);
    }
    row.open = open;
    row.detail.hidden = !open;
    row.line.classList.toggle("open", open);
    row.button.setAttribute("aria-expanded", String(open));
  }

  // The list: each child's name becomes the button that opens the details

  rows.forEach((row, place) => {
    row.place = place;
    row.line = document.getElementById(`pep-${row.id}`);
    row.folded = fold(row.text);
    row.shown = true;
    row.open = false;
    const cell = row.line.firstElementChild;
    row.name = cell.firstChild.textContent;
    row.button = make("button", { type: "button", "aria-expanded": "false", text: row.name, dir: "auto" });
    cell.replaceChild(row.button, cell.firstChild);
    row.button.addEventListener("click", () => toggle(row, !row.open));
  });

  const orders = {
    "": (a, b) => a.place - b.place,
    score: (a, b) => (a.score ?? -1) - (b.score ?? -1) || a.place - b.place,
    school: (a, b) => a.school - b.school || a.place - b.place,
  };
  let order = "";

  function sortBy(wanted) {
    if (wanted === order) return;
    order = wanted;
    const lines = [...rows].sort(orders[order]).flatMap((row) => (row.detail ? [row.line, row.detail] : [row.line]));
    body.append(...lines);
  }

  function show() {
    const asked = Object.fromEntries(controls.map((c) => [c.name, c.type === "checkbox" ? c.checked : c.value]));
    const sought = fold(asked.q).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      const shown =
        (!asked.grade || row.grade === asked.grade) &&
        (!asked.year || row.year === asked.year) &&
        (!asked.school || row.school === Number(asked.school)) &&
        (!asked.lead || row.lead === Number(asked.lead)) &&
        (!asked.weak || row.weak.includes(asked.weak)) &&
        (!asked.person || row.person) &&
        (!asked.flag || row.flag) &&
        sought.every((word) => row.folded.includes(word));
      count += shown;
      if (shown !== row.shown) {
        row.shown = shown;
        row.line.hidden = !shown;
      }
      if (row.detail) row.detail.hidden = !(shown && row.open);
    }
    sortBy(asked.sort);
    document.getElementById("count").textContent = `Showing ${count} of ${rows.length} PEPs`;
    document.getElementById("nothing").hidden = count > 0;
  }

  // The filters survive back and refresh: in the address, but for the search, which may be a name and stays out of it

  function remember() {
    const kept = new URLSearchParams();
    for (const control of controls) {
      const value = control.type === "checkbox" ? control.checked && "1" : control.name !== "q" && control.value;
      if (value) kept.set(control.name, value);
    }
    const address = kept.size ? `#${kept}` : location.pathname + location.search;
    history.replaceState({ q: form.elements.q.value }, "", address);
  }

  function recall() {
    const kept = new URLSearchParams(location.hash.slice(1));
    for (const control of controls) {
      const value = control.name === "q" ? history.state?.q : kept.get(control.name);
      if (control.type === "checkbox") control.checked = value === "1";
      else control.value = value ?? "";
      if (control.selectedIndex === -1) control.value = "";
    }
    show();
  }

  function follow() {
    const row = rows.find(({ id }) => location.hash === `#pep-${id}`);
    if (row) {
      form.reset();
      show();
      toggle(row, true);
      row.button.focus();
      row.line.scrollIntoView();
    } else if (location.hash.includes("=") || !location.hash) {
      recall();
    }
    if (location.hash.includes("=")) document.getElementById("peps-title").focus();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    show();
    remember();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const control of controls) {
      if (control.type === "checkbox") control.checked = false;
      else control.value = "";
    }
    show();
    remember();
  });
  addEventListener("hashchange", follow);
  document.documentElement.classList.add("js");
  recall();
  if (location.hash.startsWith("#pep-")) follow();
})();
