"use strict";
/* Sorting, filtering and paging. Texts only ever become text nodes; links come from the data as relative ones. */
(() => {
  const PAGE_ROWS = 200;
  const TYPING_MS = 120;
  const byId = (id) => document.getElementById(id);
  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const element = (name, text) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  };

  /* Nobody is before somebody: what has no value stands last, whatever the direction. */
  const compare = (one, other, direction) => {
    if (one === other) return 0;
    if (one === null) return 1;
    if (other === null) return -1;
    return direction * (typeof one === "number" ? one - other : order.compare(one, other));
  };

  /* A header becomes a button; `sort(direction)` is 1 or -1. Figures begin with the largest. */
  const sortable = (headers, sort, start) => {
    headers.forEach((header) => {
      const button = element("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const first = header.classList.contains("n") ? "descending" : "ascending";
        const second = first === "ascending" ? "descending" : "ascending";
        const now = header.getAttribute("aria-sort") === first ? second : first;
        headers.forEach((each) => each.removeAttribute("aria-sort"));
        header.setAttribute("aria-sort", now);
        sort(header, now === "ascending" ? 1 : -1);
      });
    });
    if (start) start.setAttribute("aria-sort", "ascending");
  };

  const written = (cell) => {
    const text = cell.textContent.trim();
    if (!cell.classList.contains("n")) return text;
    const number = parseFloat(text.replace(/,/g, "").replace("\u2212", "-"));
    return Number.isNaN(number) ? null : number;
  };

  document.querySelectorAll("table.sortable").forEach((table) => {
    const headers = [...table.tHead.rows[0].cells];
    const bodies = [...table.tBodies];
    const groups = bodies.map((body) => [...body.rows]);
    const rows = groups.flat().filter((row) => !row.classList.contains("exercise"));
    const sort = (header, direction) => {
      const column = headers.indexOf(header);
      const inPlace = header.dataset.first === "place";
      if (inPlace && direction === 1) {
        bodies.forEach((body, place) => body.replaceChildren(...groups[place]));
        return;
      }
      const value = inPlace ? (row) => rows.indexOf(row) : (row) => written(row.cells[column]);
      const keyed = rows.map((row) => [value(row), row]);
      keyed.sort((one, other) => compare(one[0], other[0], direction));
      bodies.forEach((body) => body.replaceChildren());
      bodies[0].replaceChildren(...keyed.map((pair) => pair[1]));
    };
    const start = headers.find((header) => header.dataset.first === "place");
    sortable(headers.filter((header) => header.dataset.sort !== "none"), sort, start);
  });

  const openTarget = () => {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  window.addEventListener("hashchange", openTarget);
  openTarget();
  const wrong = [...document.querySelectorAll("details.wrong")];
  [["open-all", true], ["close-all", false]].forEach(([id, open]) => {
    const button = byId(id);
    if (!button) return;
    button.parentElement.hidden = false;
    button.addEventListener("click", () => wrong.forEach((each) => { each.open = open; }));
  });

  if (!byId("data")) return;
  const data = JSON.parse(byId("data").textContent);
  const [NAME, KNOWN, LINK, STATE, SCORE, EXERCISES, ATTEMPTS, LATE, REMARKS, REASON, OUTCOMES] = Array(11).keys();
  const list = byId("list");
  const form = document.querySelector(".filters");
  const [text, state, check, outcome] = ["text", "state", "check", "outcome"].map((name) => byId("filter-" + name));
  const said = (row) => [row[REASON], ...row[REMARKS]].filter(Boolean).join(" ");
  data.rows.forEach((row) => { row.search = [row[NAME], row[KNOWN], said(row)].join("\n").toLocaleLowerCase(); });
  const values = {
    name: (row) => row[NAME],
    score: (row) => row[SCORE],
    state: (row) => row[STATE],
    attempts: (row) => row[ATTEMPTS],
    late: (row) => -row[LATE],
    remarks: (row) => said(row) || null,
  };
  let shown = data.rows;
  let drawn = 0;
  let sorting = "";

  const cell = (row, value, kind) => {
    const made = element("td", value === null ? "\u2013" : String(value));
    if (kind) made.className = kind;
    row.append(made);
    return made;
  };

  const draw = (student) => {
    const row = element("tr");
    const head = element("th");
    head.scope = "row";
    const name = element("bdi", student[NAME]);
    if (student[LINK] === null) {
      head.append(name);
    } else {
      const link = element("a");
      link.setAttribute("href", student[LINK]);
      link.append(name);
      head.append(link);
    }
    if (student[KNOWN] !== student[NAME]) {
      const known = element("small");
      known.append(element("bdi", student[KNOWN]));
      head.append(" ", known);
    }
    row.append(head);
    cell(row, student[SCORE], "n");
    cell(row, data.states[student[STATE]]);
    student[EXERCISES].forEach((score) => cell(row, score, "n"));
    cell(row, student[ATTEMPTS], "n");
    cell(row, student[LATE] ? "late" : "");
    const remarks = cell(row, "");
    const words = element("bdi", said(student));
    remarks.append(words);
    return row;
  };

  const figure = (number) => number.toLocaleString("en-US");

  const announce = () => {
    const all = figure(data.rows.length);
    const students = data.rows.length === 1 ? "student" : "students";
    const match = shown.length === 1 ? "matches" : "match";
    let words = `${all} ${students}`;
    if (shown.length !== data.rows.length) words = `${figure(shown.length)} of ${words} ${match}`;
    if (drawn < shown.length) words += `; the first ${figure(drawn)} are shown`;
    byId("shown").textContent = `${words}${sorting}.`;
    byId("paging").hidden = drawn >= shown.length;
    byId("more").textContent = `Show ${Math.min(PAGE_ROWS, shown.length - drawn)} more`;
    byId("all").textContent = `Show all ${figure(shown.length)}`;
  };

  const extend = (number) => {
    const next = shown.slice(drawn, drawn + number);
    list.tBodies[0].append(...next.map(draw));
    drawn += next.length;
    announce();
  };

  const restart = () => {
    list.tBodies[0].replaceChildren();
    drawn = 0;
    extend(PAGE_ROWS);
  };

  /* The first check that is wrong; where nothing is wrong, the first that is not attempted. */
  const stopsAt = (row, letter) => {
    if (data.states[row[STATE]] !== "begun" || (letter === "n" && row[OUTCOMES].includes("f"))) return -1;
    return row[OUTCOMES].indexOf(letter);
  };
  const has = (row, place, wanted) => wanted.startsWith("stops-")
    ? stopsAt(row, wanted.slice(-1)) === place : row[OUTCOMES][place] === wanted;

  const matches = () => {
    const words = text.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const wanted = state.value;
    const place = check.value === "" ? -1 : Number(check.value);
    return (row) => words.every((word) => row.search.includes(word))
      && (wanted === "" || (wanted === "late" && row[LATE]) || (wanted === "remarks" && row[REMARKS].length)
        || row[STATE] === Number(wanted || NaN))
      && (place < 0 || has(row, place, outcome.value));
  };

  const filter = () => {
    outcome.disabled = check.value === "";
    shown = data.rows.filter(matches());
    restart();
  };

  sortable([...list.tHead.rows[0].cells], (header, direction) => {
    const key = header.dataset.key;
    const value = values[key] || ((row) => row[EXERCISES][Number(key)]);
    const keyed = data.rows.map((row) => [value(row), row]);
    keyed.sort((one, other) => compare(one[0], other[0], direction));
    data.rows = keyed.map((pair) => pair[1]);
    sorting = `, sorted by ${header.textContent.trim().toLowerCase()}, ${direction === 1 ? "ascending" : "descending"}`;
    filter();
  });

  let waiting = 0;
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, TYPING_MS);
  });
  [state, check, outcome].forEach((each) => each.addEventListener("change", filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));

  /* A new row gets the focus: the button that was pressed may be gone. */
  const extendBy = (number) => () => {
    const next = drawn;
    extend(number());
    const row = list.tBodies[0].rows[next];
    const first = row && (row.querySelector("a") || row.cells[0]);
    if (!first) return;
    if (first.tagName !== "A") first.tabIndex = -1;
    first.focus();
  };
  byId("more").addEventListener("click", extendBy(() => PAGE_ROWS));
  byId("all").addEventListener("click", extendBy(() => shown.length));
  window.addEventListener("beforeprint", () => extend(shown.length));

  /* The counts of the checks lead to those who are counted. */
  const letters = {
    passed: "p", failed: "f", "not attempted": "n", skipped: "w",
    "stops-wrong": "stops-f", "stops-not attempted": "stops-n",
  };
  document.querySelectorAll("td[data-check]").forEach((counted) => {
    if (counted.textContent.trim() === "0") return;
    const button = element("button", counted.textContent.trim());
    button.type = "button";
    const letter = letters[counted.dataset.outcome];
    const word = outcome.querySelector(`[value="${letter}"]`).textContent;
    button.append(Object.assign(element("span", `, ${counted.dataset.check} is ${word}: show them`), { className: "aside" }));
    button.addEventListener("click", () => {
      form.reset();
      check.value = String(data.checks.indexOf(counted.dataset.check));
      outcome.value = letter;
      filter();
      byId("students").scrollIntoView();
      byId("students").focus({ preventScroll: true });
    });
    counted.replaceChildren(button);
  });

  form.hidden = false;
  list.hidden = false;
  filter();
})();
