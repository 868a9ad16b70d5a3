/*
 * The matrix: sums of what the filter leaves, the column of the unit that is looked for, and arrow keys from mark to
 * mark. ES5; the table is whole without it. It stands before filter.js, to which it listens.
 */
(function () {
  "use strict";

  var table = document.getElementById("matrix-table"), form = document.querySelector(".pb-filter");
  if (!table || !form) return;

  var HELD = "a[data-role]:not([hidden])";
  var heads = all("thead th", table), rows = all("tbody tr[data-plan]", table), sums = all("tfoot tr", table);

  function all(selector, root) {
    return Array.prototype.slice.call(root.querySelectorAll(selector));
  }

  function counted(cell, role) {
    return cell.querySelector(role ? "a[data-role='" + role + "']:not([hidden])" : HELD) ? 1 : 0;
  }

  /* The last two columns are 等 and the row's own sum. */
  function addUp(shown) {
    shown.forEach(function (row) {
      var held = Array.prototype.filter.call(row.cells, function (cell) { return counted(cell, ""); });
      row.cells[row.cells.length - 1].textContent = held.length;
    });
    sums.forEach(function (sum) {
      var role = sum.getAttribute("data-sum"), whole = 0;
      for (var at = 1; at < sum.cells.length - 2; at++) {
        var total = shown.reduce(function (found, row) { return found + counted(row.cells[at], role); }, 0);
        sum.cells[at].textContent = total || (role ? "" : "0");
        whole += total;
      }
      sum.cells[sum.cells.length - 1].textContent = whole;
    });
  }

  function show(wanted) {
    all("a[data-role]", table).forEach(function (link) {
      link.hidden = Boolean(wanted.role) && link.getAttribute("data-role") !== wanted.role;
    });
    var shown = rows.filter(function (row) { return !row.hidden; });
    addUp(shown);
    table.querySelector(".pb-sum-of").textContent = shown.length < rows.length ? "（所列 " + shown.length + " 项）" : "";
    heads.forEach(function (head, at) {
      var looked = Boolean(wanted.unit) && head.getAttribute("data-unit") === wanted.unit;
      [head].concat(rows.map(function (row) { return row.cells[at]; })).forEach(function (cell) {
        if (looked) cell.classList.add("pb-looked"); else cell.classList.remove("pb-looked");
      });
      if (looked) head.scrollIntoView({block: "nearest", inline: "nearest"});
    });
  }

  /* The next link from a cell in a direction; cells without a mark and hidden rows are passed over. */
  function next(cell, across, down) {
    var lines = [table.tHead.rows[0]].concat(rows.filter(function (row) { return !row.hidden; }));
    var line = lines.indexOf(cell.parentNode), at = cell.cellIndex;
    for (;;) {
      line += down;
      at += across;
      var found = lines[line] && lines[line].cells[at];
      if (!found) return null;
      var link = found.querySelector("a:not([hidden])");
      if (link) return link;
    }
  }

  table.addEventListener("keydown", function (event) {
    var step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    var cell = event.target;
    while (cell && cell !== table && !/^T[DH]$/.test(cell.tagName)) cell = cell.parentNode;
    if (!step || event.ctrlKey || event.altKey || event.metaKey || !cell || cell === table) return;
    var link = next(cell, step[0], step[1]);
    event.preventDefault();
    if (link) link.focus();
  });
  form.addEventListener("planbook-filter", function (event) { show(event.detail); });
})();
