/*
 * The finder: filters, counts and sorts the rows that the page holds; the view stands in the address after #.
 * ES5, no library; every word comes from the page (data-say). Without it the page is the whole table.
 */
(function () {
  "use strict";

  var root = document.querySelector(".pb-finder");
  if (!root) return;

  var AT_ONCE = 120, CHUNK = 240; // rows shown before the answer to a keystroke is on the screen, and after it
  var FOLDS = {"〔": "(", "〕": ")", "[": "(", "]": ")", "【": "(", "】": ")", "“": "\"", "”": "\"", "‘": "'", "’": "'", "—": "-", "–": "-", "−": "-"};

  var say = JSON.parse(root.getAttribute("data-say"));
  var columns = JSON.parse(root.getAttribute("data-columns"));
  var field = root.querySelector("#finder-q"), order = root.querySelector("#finder-sort");
  var count = root.querySelector("#finder-count"), chosen = root.querySelector(".pb-finder-chosen");
  var panel = root.querySelector(".pb-finder-facets"), body = root.querySelector("tbody");
  var facets = all(".pb-facet", root).map(readFacet), byName = {};
  facets.forEach(function (facet) { byName[facet.name] = facet; });
  var unit = byName.unit, role = byName.role;
  var plain = facets.filter(function (facet) { return facet !== unit && facet !== role; });
  var synonyms = JSON.parse(root.getAttribute("data-synonyms")).map(function (entry) {
    return [folded(entry[0]), entry[1].map(folded)];
  });
  var rows = readRows(), fitting = rows, placed = "document", timer = null;

  /* ---- reading the page ---- */

  function all(selector, element) {
    return Array.prototype.slice.call(element.querySelectorAll(selector));
  }

  function text(element) {
    return element ? element.textContent.replace(/\s+/g, " ").trim() : "";
  }

  function texts(selector, element) {
    return all(selector, element).map(text);
  }

  function words(value) {
    return value ? value.split(" ").filter(Boolean) : [];
  }

  function unique(list) {
    return list.filter(function (item, at) { return item && list.indexOf(item) === at; });
  }

  function filled(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, function (whole, key) { return key in values ? values[key] : say[key]; });
  }

  /* As the site's search compares: wide and narrow, upper and lower case, kinds of brackets alike; no white space. */
  function folded(value) {
    return value.normalize("NFKC").toLowerCase().replace(/[〔〕\[\]【】“”‘’—–−]/g, function (char) {
      return FOLDS[char];
    }).replace(/\s+/g, "");
  }

  function readFacet(element) {
    var choices = all("input", element).map(function (box) {
      var label = box.parentNode;
      return {
        value: box.value, box: box, label: label, count: 0, last: null,
        text: text(label.querySelector(".pb-choice-label").firstChild), tally: label.querySelector(".pb-tally"),
        names: (box.getAttribute("data-names") || "").split("\n").map(folded).join("\n")
      };
    });
    var byValue = {};
    choices.forEach(function (choice) { byValue[choice.value] = choice; });
    return {
      name: element.getAttribute("data-facet"), element: element, choices: choices, byValue: byValue, on: 0,
      title: element.querySelector("[role=group]").getAttribute("aria-label")
    };
  }

  function readTask(element, today) {
    var values = {
      plan: [element.getAttribute("data-plan")],
      chapter: [element.getAttribute("data-chapter")],
      standing: [element.getAttribute("data-standing")]
    };
    var until = element.getAttribute("data-until");
    if (until && until < today) { // a day that passed since the site was built
      values.standing = ["passed"];
      element.querySelector(".pb-standing").textContent = byName.standing.byValue.passed.text;
    }
    var duties = words(element.getAttribute("data-duties")).map(function (duty) {
      var parts = duty.split(":");
      return {unit: unit.byValue[parts[0]], role: role.byValue[parts[1]], via: unit.byValue[parts[2]], open: parts[3] === "open"};
    });
    var named = duties.filter(function (duty) { return !duty.via; });
    return {
      first: element, values: values, duties: duties, parties: named.length,
      text: folded(text(element.cells[0])) + "\n" + folded(text(element.cells[2])) + "\n" + folded(text(element.cells[5])) +
        "\n" + named.map(function (duty) { return duty.unit.names; }).join("\n")
    };
  }

  function readRows() {
    var task = null, now = new Date();
    var today = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10);
    return Array.prototype.map.call(body.rows, function (element, at) {
      if (element.hasAttribute("data-task")) task = readTask(element, today);
      var has = words(element.getAttribute("data-has")), days = [];
      all(".pb-when", element).forEach(function (time) {
        days.push(time.getAttribute("data-end") || time.getAttribute("data-start"));
      });
      days = days.filter(Boolean).sort();
      var values = {
        due: words(element.getAttribute("data-due")),
        kind: words(element.getAttribute("data-kind")),
        target: [has.indexOf("target") >= 0 ? "yes" : "no"],
        inferred: [has.indexOf("inferred") >= 0 ? "yes" : "no"]
      };
      return {
        at: at, element: element, task: task, first: days[0] || "", last: days[days.length - 1] || "",
        text: task.text + "\n" + [1, 3, 4].map(function (cell) { return folded(text(element.cells[cell])); }).join("\n"),
        values: plain.map(function (facet) {
          return (values[facet.name] || task.values[facet.name]).map(function (value) { return facet.byValue[value]; });
        })
      };
    });
  }

  /* ---- which rows fit, and how many tasks every value would give ---- */

  /* A word as typed, and as the plan may write it: 环保局 → 生态环境分局. */
  function ways(word) {
    var found = [word];
    synonyms.forEach(function (entry) {
      if (word.indexOf(entry[0]) < 0) return;
      entry[1].forEach(function (written) {
        if (word.indexOf(written) < 0) found.push(word.split(entry[0]).join(written));
      });
    });
    return found;
  }

  function isOn(choice) { return choice.box.checked; }

  function tally(choice, task) {
    if (choice.last === task) return; // rows of a task follow one another
    choice.last = task;
    choice.count += 1;
  }

  /* A unit and a role belong together: 区住建局 + 牵头 is where it leads. */
  function holds(duty) {
    return (!unit.on || isOn(duty.unit)) && (!role.on || isOn(duty.role));
  }

  /* The number of facets, unit and role left out, that a row does not meet; and the last of them. */
  function failing(row) {
    var found = {number: 0, at: -1};
    plain.forEach(function (facet, at) {
      if (!facet.on || row.values[at].some(isOn)) return;
      found.number += 1;
      found.at = at;
    });
    return found;
  }

  /* Counts a row for every value that it would be found by; the selection in a facet does not lessen its own counts. */
  function counted(row) {
    var failed = failing(row), held = !(unit.on || role.on) || row.task.duties.some(holds);
    if (!failed.number) {
      row.task.duties.forEach(function (duty) {
        if (!role.on || isOn(duty.role)) tally(duty.unit, row.task);
        if (!unit.on || isOn(duty.unit)) tally(duty.role, row.task);
      });
    }
    if (held && failed.number < 2) {
      row.values.forEach(function (choices, at) {
        if (!failed.number || failed.at === at) choices.forEach(function (choice) { tally(choice, row.task); });
      });
    }
    return held && !failed.number;
  }

  function select() {
    var wanted = words(field.value.replace(/\s+/g, " ")).map(folded).filter(Boolean).map(ways);
    facets.forEach(function (facet) {
      facet.on = facet.choices.filter(isOn).length;
      facet.choices.forEach(function (choice) { choice.count = 0; choice.last = null; });
    });
    fitting = rows.filter(function (row) {
      return wanted.every(function (list) {
        return list.some(function (word) { return row.text.indexOf(word) >= 0; });
      }) && counted(row);
    });
  }

  /* ---- showing them ---- */

  var ORDERS = {
    document: function (one, other) { return one.at - other.at; },
    earliest: function (one, other) { return compared(one.first || "9", other.first || "9") || one.at - other.at; },
    latest: function (one, other) { return compared(other.last, one.last) || one.at - other.at; },
    units: function (one, other) { return other.task.parties - one.task.parties || one.at - other.at; }
  };

  function compared(one, other) { return one < other ? -1 : one > other ? 1 : 0; }

  function arrange() {
    if (placed === order.value) return;
    placed = order.value;
    rows.sort(ORDERS[placed]);
    var sheet = document.createDocumentFragment();
    rows.forEach(function (row) { sheet.appendChild(row.element); });
    body.appendChild(sheet);
  }

  /* What stands once for a task, in its first row, is also needed where another of its rows comes first. */
  function fill(row) {
    if (row.full || row.element === row.task.first) return;
    var shared = all(".pb-of-task", row.task.first);
    all(".pb-slot", row.element).forEach(function (slot, at) { slot.appendChild(shared[at].cloneNode(true)); });
    row.full = true;
  }

  function through(row) {
    return row.task.duties.filter(function (duty) { return unit.on && duty.via && holds(duty); });
  }

  function note(row) {
    if (row.note) row.note.parentNode.removeChild(row.note);
    row.note = null;
    var duties = through(row);
    if (!duties.length) return;
    row.note = document.createElement("div");
    row.note.className = "pb-through";
    duties.forEach(function (duty) {
      var line = document.createElement("div");
      line.textContent = filled(say.facet, {facet: duty.unit.text, value: filled(say.through, {group: duty.via.text})}) + " ";
      if (duty.open) {
        var flag = document.createElement("span");
        flag.className = "pb-flag";
        flag.textContent = say.unconfirmed;
        line.appendChild(flag);
      }
      row.note.appendChild(line);
    });
    row.element.cells[2].appendChild(row.note);
  }

  function present(row, again) {
    if (!again) fill(row);
    row.element.className = again ? "pb-again" : "";
    if (row.note || unit.on) note(row);
    row.element.hidden = false;
  }

  function reveal(from, to) {
    for (var at = from; at < to && at < fitting.length; at++) {
      present(fitting[at], at > 0 && fitting[at - 1].task === fitting[at].task);
    }
  }

  /* The first rows at once, the others when the answer is on the screen; before printing all. */
  function later(from) {
    timer = from >= fitting.length ? null : window.setTimeout(function () {
      reveal(from, from + CHUNK);
      later(from + CHUNK);
    }, 0);
    if (timer) timer = {id: timer, from: from};
  }

  function complete() {
    if (!timer) return;
    window.clearTimeout(timer.id);
    reveal(timer.from, fitting.length);
    timer = null;
  }

  function show() {
    if (timer) window.clearTimeout(timer.id);
    arrange();
    if (placed !== "document") fitting.sort(ORDERS[placed]);
    fitting.forEach(function (row, at) { row.shown = at < AT_ONCE; });
    rows.forEach(function (row) {
      if (!row.shown) row.element.hidden = true;
      row.shown = false;
    });
    reveal(0, AT_ONCE);
    later(AT_ONCE);
    root.querySelector(".pb-none").hidden = fitting.length > 0;
  }
