/*
 * The finder: shows and sorts what finder-rows.js finds; the view stands in the address after #.
 * ES5, no library; every word comes from the page (data-say). Without scripts the page is the whole table.
 */
(function () {
  "use strict";

  var found = window.planbookFinder;
  if (!found) return;

  var AT_ONCE = 20, CHUNK = 100; // rows shown with the answer, and each time more are wanted
  var SETTLED = 150; // milliseconds without a change, until the address and rows below the screen follow
  var SOON = 150, STEP = 25, PAUSE = 30; // how many then, so few at a time and so far apart that a key need not wait

  var root = found.root, all = found.all, text = found.text, rows = found.rows, byName = found.byName;
  var say = JSON.parse(root.getAttribute("data-say"));
  var field = root.querySelector("#finder-q"), order = root.querySelector("#finder-sort");
  var chosen = root.querySelector(".pb-finder-chosen"), panel = root.querySelector(".pb-finder-facets");
  var link = root.querySelector(".pb-finder-link"), linkLabel = text(link);
  var body = root.querySelector("tbody"), more = root.querySelector(".pb-finder-more");
  var fitting = rows, shown = 0, timer = 0;
  var nearing = new IntersectionObserver(function (seen) {
    if (seen[seen.length - 1].isIntersecting) showMore();
  }, {rootMargin: "600px"});

  function filled(pattern, values) {
    return pattern.replace(/\{(\w+)\}/g, function (whole, key) { return key in values ? values[key] : say[key]; });
  }

  function make(tag, parent, words, name) {
    var made = document.createElement(tag);
    if (words) made.textContent = words;
    if (name) made.className = name;
    parent.appendChild(made);
    return made;
  }

  function classed(element, wanted) {
    if (element.className !== wanted) element.className = wanted; // writing the same again costs the browser as much
  }

  /* ---- showing them ---- */

  var ORDERS = {
    document: function (one, other) { return one.at - other.at; },
    earliest: function (one, other) { return compared(one.first || "9", other.first || "9") || one.at - other.at; },
    latest: function (one, other) { return compared(other.last, one.last) || one.at - other.at; },
    units: function (one, other) { return other.task.parties - one.task.parties || one.at - other.at; }
  };

  function compared(one, other) { return one < other ? -1 : one > other ? 1 : 0; }

  /* What stands once for a task, in its first row, is also needed where another of its rows comes first; and that
     row says 同上 where it comes later. */
  function fill(row, again) {
    if (row.full || again === (row.element !== row.task.first)) return;
    row.full = true;
    if (again) {
      all("td > .pb-slot", row.element).forEach(function (slot) { make("span", slot, say.same, "pb-same"); });
      return;
    }
    var shared = all(".pb-of-task", row.task.first);
    all(".pb-slot", row.element).forEach(function (slot, at) { slot.appendChild(shared[at].cloneNode(true)); });
  }

  function said(duty) {
    return filled(say.facet, {facet: duty.unit.text, value: filled(say.through, {group: duty.via.text})});
  }

  function note(row, again) {
    if (row.note) row.note.parentNode.removeChild(row.note);
    row.note = null;
    var duties = again ? [] : found.through(row);
    if (!duties.length) return;
    row.note = make("div", row.element.cells[2], "", "pb-meant");
    duties.forEach(function (duty) {
      var line = make("div", row.note, said(duty) + " ");
      if (duty.open) make("span", line, say.unconfirmed, "pb-flag");
    });
  }

  function present(row, again) {
    fill(row, again);
    classed(row.element, again ? "pb-again" : "");
    if (row.note || byName.unit.on) note(row, again);
  }

  function reveal(to) {
    var sheet = document.createDocumentFragment();
    for (; shown < to && shown < fitting.length; shown++) {
      present(fitting[shown], shown > 0 && fitting[shown - 1].task === fitting[shown].task);
      sheet.appendChild(fitting[shown].element);
    }
    body.appendChild(sheet);
    more.hidden = shown >= fitting.length;
    more.textContent = filled(say.more, {count: fitting.length - shown});
    nearing.unobserve(more);
    nearing.observe(more); // asks anew: is the reader still near the end?
  }

  /* A screenful at once, some more a little later, the rest as the reader comes to them. The others are out of the
     table, not hidden in it: the browser would pass all the hidden ones for every row that it draws. */
  function show() {
    if (order.value !== "document") fitting.sort(ORDERS[order.value]);
    body.textContent = "";
    shown = 0;
    reveal(AT_ONCE);
    root.querySelector(".pb-none").hidden = fitting.length > 0;
  }

  function showMore() { reveal(shown + CHUNK); }

  function complete() { reveal(fitting.length); }

  function showCounts(tasks) {
    var on = 0;
    found.facets.forEach(function (facet) {
      on += facet.on;
      facet.choices.forEach(function (choice) {
        if (choice.tally.textContent !== String(choice.count)) choice.tally.textContent = choice.count;
        classed(choice.label, choice.count ? "pb-choice" : "pb-choice pb-nothing");
      });
      facet.element.querySelector(".pb-finder-picked").textContent = facet.on ? filled(say.picked, {count: facet.on}) : "";
    });
    panel.querySelector(".pb-finder-picked").textContent = on ? filled(say.picked, {count: on}) : "";
    root.querySelector("#finder-count").textContent = fitting.length === rows.length ? filled(say.everything, {})
      : filled(say.shown, {tasks: tasks, rows: fitting.length});
  }

  /* ---- the conditions: beside the rows, on paper, in the address ---- */

  function picked(facet) {
    return facet.choices.filter(function (choice) { return choice.box.checked; });
  }

  /* What was typed; and what is looked for instead where it stands nowhere. */
  function typed() {
    var value = field.value.trim(), guesses = value && found.guesses();
    var words = value && filled(say.facet, {facet: say.query, value: value});
    return !guesses || !guesses.length ? words : filled(say.guessed, {
      typed: words, read: guesses.map(function (word) { return filled(say.quoted, {word: word}); }).join("")
    });
  }

  function conditions() {
    var list = typed() ? [{words: typed(), drop: function () { field.value = ""; }}] : [];
    found.facets.forEach(function (facet) {
      picked(facet).forEach(function (choice) {
        list.push({
          words: filled(say.facet, {facet: facet.title, value: choice.text}), drop: function () { choice.box.checked = false; }
        });
      });
    });
    return list;
  }

  /* On paper and in files: values of one facet are alternatives, facets go together. */
  function described() {
    var list = typed() ? [typed()] : [];
    found.facets.forEach(function (facet) {
      var values = picked(facet).map(function (choice) { return choice.text; });
      if (values.length) list.push(filled(say.facet, {facet: facet.title, value: values.join(say.or)}));
    });
    return list.join(say.semicolon) || say.no_conditions;
  }

  function showConditions() {
    var list = conditions();
    chosen.textContent = "";
    chosen.hidden = !list.length;
    list.forEach(function (condition) {
      var button = make("button", make("li", chosen), condition.words);
      button.type = "button";
      button.setAttribute("aria-label", filled(say.remove, {condition: condition.words}));
      button.addEventListener("click", function () {
        condition.drop();
        apply();
        (chosen.hidden ? field : chosen).focus();
      });
    });
    root.querySelector(".pb-finder-state").textContent = filled(say.conditions, {conditions: described()}) + say.semicolon +
      filled(say.sorted, {order: sorting()});
    root.querySelector(".pb-finder-clear").disabled = !list.length && order.value === "document";
  }

  function sorting() { return order.options[order.selectedIndex].text; }

  function address() {
    var parts = field.value.trim() ? ["q=" + encodeURIComponent(field.value.trim())] : [];
    found.facets.forEach(function (facet) {
      var values = picked(facet).map(function (choice) { return encodeURIComponent(choice.value); });
      if (values.length) parts.push(facet.name + "=" + values.join(","));
    });
    if (order.value !== "document") parts.push("sort=" + order.value);
    return parts.join("&");
  }

  function keep() {
    var hash = address();
    link.textContent = linkLabel;
    var held = window.location.hash.replace(/^#/, "");
    if (held === hash || (!hash && held.indexOf("=") < 0)) return;
    try {
      window.history.replaceState(null, "", window.location.href.split("#")[0] + (hash ? "#" + hash : ""));
    } catch (fault) { // some browsers refuse this for files
      window.location.hash = hash;
    }
  }

  function decoded(value) {
    try { return decodeURIComponent(value); } catch (fault) { return ""; }
  }

  function readAddress() {
    var wanted = {};
    window.location.hash.replace(/^#/, "").split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      if (at > 0) wanted[pair.slice(0, at)] = pair.slice(at + 1);
    });
    field.value = decoded(wanted.q || "");
    order.value = ORDERS.hasOwnProperty(wanted.sort) ? wanted.sort : "document";
    found.facets.forEach(function (facet) {
      var values = (wanted[facet.name] || "").split(",").map(decoded);
      facet.choices.forEach(function (choice) { choice.box.checked = values.indexOf(choice.value) >= 0; });
      if (picked(facet).length) facet.element.open = true;
    });
  }

  /* ---- controls ---- */

  function apply() {
    fitting = found.select(field.value);
    var tasks = fitting.filter(function (row, at) { return !at || fitting[at - 1].task !== row.task; }).length;
    show();
    showCounts(tasks);
    showConditions();
    window.clearTimeout(timer);
    timer = window.setTimeout(settle, SETTLED);
  }

  /* What the answer need not wait for; the browser lays out the page whenever its address changes. */
  function settle() {
    keep();
    fillUp();
  }

  function fillUp() {
    if (shown >= Math.min(SOON, fitting.length)) return;
    reveal(Math.min(SOON, shown + STEP));
    timer = window.setTimeout(fillUp, PAUSE);
  }

  function onClick(name, action) {
    root.querySelector(".pb-finder-" + name).addEventListener("click", action);
  }

  function clear() {
    field.value = "";
    order.value = "document";
    found.facets.forEach(function (facet) {
      facet.choices.forEach(function (choice) { choice.box.checked = false; });
    });
    apply();
    field.focus();
  }

  function start() {
    var wide = window.matchMedia("(min-width: 76.25em)");
    panel.open = wide.matches;
    wide.addListener(function () { panel.open = wide.matches; });
    panel.hidden = root.querySelector(".pb-finder-bar").hidden = false;
    field.addEventListener("input", function (event) { if (!event.isComposing) apply(); });
    field.addEventListener("compositionend", apply); // pinyin half typed is not what is looked for
    order.addEventListener("change", apply);
    panel.addEventListener("change", apply);
    onClick("clear", clear);
    onClick("more", showMore);
    onClick("print", function () { complete(); window.print(); });
    window.addEventListener("beforeprint", complete);
    link.parentNode.addEventListener("click", keep, true); // before it is copied
    window.addEventListener("beforeunload", keep); // whoever goes on at once comes back to the same view
    window.addEventListener("hashchange", function () {
      if (/^#[^=]+$/.test(window.location.hash)) return; // a place on the page
      readAddress();
      apply();
    });
    readAddress();
    apply();
    reveal(SOON); // nobody types yet, and who comes back finds the place where he was
    root.classList.remove("pb-finder-reading");
  }

  found.view = {
    rows: function () { return fitting; }, conditions: described, order: sorting, say: say, said: said,
    count: function () { return text(root.querySelector("#finder-count")); }
  };
  start();
})();
