/*
 * What a file with the finder's rows holds: a line for each row that is found, a column for each thing that it says.
 * ES5, no library; finder.js knows the rows, table-files.js writes the file.
 */
(function () {
  "use strict";

  var finder = window.planbookFinder, files = window.planbookFiles;
  if (!finder || !finder.view || !files) return;

  var all = finder.all, text = finder.text, byName = finder.byName, view = finder.view, say = view.say;
  var KINDS = {number: "number", start: "day", end: "day"};
  var columns = JSON.parse(finder.root.getAttribute("data-columns")); // [key, heading, width in digits]

  function times(row, name) {
    return all(".pb-when", row.element).map(function (time) { return time.getAttribute(name); }).filter(Boolean).sort();
  }

  function lines(selector, element) {
    return all(selector, element).map(text).filter(Boolean).join("\n");
  }

  /* Units as the page names them; 待确认 stands behind in brackets. */
  function names(element) {
    return Array.prototype.map.call(element.childNodes, function (node) {
      return node.className === "pb-flag" ? "（" + text(node) + "）" : text(node);
    }).join("");
  }

  function labels(row, name) {
    var at = finder.plain.indexOf(byName[name]);
    return row.values[at].map(function (choice) { return choice.text; }).join(say.comma);
  }

  var CELLS = {
    task: function (row) { return text(row.element.querySelector(".pb-task")); },
    number: function (row) { return text(row.element.querySelector(".pb-number")); },
    title: function (row) { return text(row.task.first.querySelector(".pb-of-task")); },
    text: function (row) { return row.element.cells[1].textContent; },
    phrase: function (row) { return lines(".pb-when > .pb-stated", row.element); },
    start: function (row) { return times(row, "data-start")[0] || ""; },
    end: function (row) { return times(row, "data-end").pop() || ""; },
    basis: function (row) { return lines(".pb-basis", row.element); },
    target: function (row) { return lines(".pb-goal", row.element); },
    remark: function (row) {
      var ways = finder.through(row).map(function (duty) {
        return view.said(duty) + (duty.open ? "（" + say.unconfirmed + "）" : "");
      });
      return ways.concat(lines(".pb-remark", row.task.first)).filter(Boolean).join("\n");
    }
  };

  /* A column is a cell of the row, a facet's label, or the units in one role. */
  function cell(row, key) {
    if (CELLS.hasOwnProperty(key)) return CELLS[key](row);
    if (byName.hasOwnProperty(key)) return labels(row, key);
    return all(".pb-held[data-role=" + key + "] .pb-parties", row.task.first).map(names).join("\n");
  }

  function table() {
    return [columns.map(function (column) { return column[1]; })].concat(view.rows().map(function (row) {
      return columns.map(function (column) { return cell(row, column[0]); });
    }));
  }

  function notes() {
    return [
      [say.item, say.content],
      [say.conditions_name, view.conditions()],
      [say.count_name, view.count()],
      [say.order_name, view.order()],
      [say.sources_name, say.sources],
      [say.day_name, finder.root.getAttribute("data-day")],
      [say.marks_name, say.marks]
    ];
  }

  function saveCsv() {
    files.save(say.title + ".csv", "text/csv;charset=utf-8", [files.csv(table())]);
  }

  function saveWorkbook() {
    var wide = columns.map(function (column) { return {width: column[2], kind: KINDS[column[0]]}; });
    var sheets = [
      {name: say.rows_sheet, rows: table(), columns: wide, filter: true},
      {name: say.notes_sheet, rows: notes(), columns: [{width: 16}, {width: 90}]}
    ];
    files.save(say.title + ".xlsx", files.WORKBOOK, files.workbook(sheets));
  }

  finder.root.querySelector(".pb-finder-csv").addEventListener("click", saveCsv);
  finder.root.querySelector(".pb-finder-xlsx").addEventListener("click", saveWorkbook);
})();
