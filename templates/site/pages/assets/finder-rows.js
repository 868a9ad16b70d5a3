/*
 * The rows of the finder as they stand on the page, which of them fit, and how many tasks each value would give.
 * ES5, no library; finder.js shows what is found here.
 */
(function (scope) {
  "use strict";

  var root = document.querySelector(".pb-finder");
  if (!root) return;

  // What is typed is read as the site's search reads it. Taken now: where search runs in the page it loads them anew.
  var folded = scope.planbookSearch.text.folded, query = scope.planbookSearch.query;

  var facets = all(".pb-facet", root).map(readFacet), byName = {};
  facets.forEach(function (facet) { byName[facet.name] = facet; });
  var unit = byName.unit, role = byName.role;
  var plain = facets.filter(function (facet) { return facet !== unit && facet !== role; });
  var guesses = []; // what is looked for in the place of words that stand nowhere
  var rows = readRows();
  query.setUp(JSON.parse(root.getAttribute("data-search")), rows.map(function (row) { return row.text; }), function (groups) {
    return rows.some(function (row) { return hasAll(row, groups); });
  });

  /* ---- reading the page ---- */

  function all(selector, element) {
    return Array.prototype.slice.call(element.querySelectorAll(selector));
  }

  function text(element) {
    return element ? element.textContent.replace(/\s+/g, " ").trim() : "";
  }

  function words(value) {
    return value ? value.split(" ").filter(Boolean) : [];
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
    return all("tbody tr", root).map(function (element, at) {
      if (element.hasAttribute("data-task")) task = readTask(element, today);
      var has = words(element.getAttribute("data-has")), days = [];
      all(".pb-when", element).forEach(function (time) {
        days.push(time.getAttribute("data-end") || time.getAttribute("data-start"));
      });
      days = days.filter(Boolean).sort();
      var values = {
        due: words(element.getAttribute("data-when")),
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

  /* One string of every group; of a word in pieces more than half, as nothing has it whole. */
  function hasAll(row, groups) {
    return groups.every(function (group) {
      var found = (group.pieces || group.strings).filter(function (string) { return row.text.indexOf(string) >= 0; });
      return group.pieces ? found.length * 2 > group.total : found.length > 0;
    });
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

  /* The rows with all the words, each in one of the ways to write it, and a value of every facet that is chosen. */
  function select(typed) {
    var groups = query.read(typed).groups;
    guesses = [];
    groups.forEach(function (group) {
      if (group.instead) guesses = guesses.concat(group.pieces || group.strings);
    });
    facets.forEach(function (facet) {
      facet.on = facet.choices.filter(isOn).length;
      facet.choices.forEach(function (choice) { choice.count = 0; choice.last = null; });
    });
    return rows.filter(function (row) {
      return hasAll(row, groups) && counted(row);
    });
  }

  /* What a chosen unit owes in a row only through a group. */
  function through(row) {
    return row.task.duties.filter(function (duty) { return unit.on && duty.via && holds(duty); });
  }

  scope.planbookFinder = {
    root: root, facets: facets, byName: byName, plain: plain, rows: rows, all: all, text: text, select: select,
    through: through, guesses: function () { return guesses; }
  };
})(window);
