/*
 * The picture of the network page: pointing at a measure or a unit, reaching it by Tab, or choosing it by click or Enter
 * brings its lines forward and puts the mark of the role beside what they lead to. ES5; everything is read from the page.
 */
(function () {
  "use strict";

  var LEFT = 37, UP = 38, RIGHT = 39, DOWN = 40, SPACE = 32, ESCAPE = 27;

  var net = document.querySelector(".net");
  if (!net) return;

  var nodes = all("[data-node]"), edges = all(".net-lines path");
  var panel = net.querySelector(".net-panel"), clear = net.querySelector(".net-clear");
  var hubButton = net.querySelector(".net-hub"), hub = net.querySelector(".net-is-hub");
  var pairs = document.querySelector(".net-pairs");
  var byName = {}, roles = {}, chosen = null, pointed = null, hubHidden = false;

  function all(selector) {
    return Array.prototype.slice.call(net.querySelectorAll(selector));
  }

  function element(tag, text, parent) {
    var made = document.createElement(tag);
    if (text) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }

  function off(kind) {
    return all("input[name=" + kind + "]").filter(function (box) { return !box.checked; })
      .map(function (box) { return box.value; });
  }

  function mark(node, name, on) {
    if (on) node.classList.add(name); else node.classList.remove(name);
  }

  /* The lines that the filters leave. */
  function shown() {
    var hiddenRoles = off("role"), hiddenPlans = off("plan"), hubName = hub && hub.getAttribute("data-node");
    return edges.filter(function (edge) {
      var hidden = hiddenRoles.indexOf(edge.getAttribute("data-role")) >= 0 ||
        hiddenPlans.indexOf(edge.getAttribute("data-plan")) >= 0 ||
        (hubHidden && edge.getAttribute("data-column") === hubName);
      mark(edge, "net-off", hidden);
      return !hidden;
    });
  }

  /* What a line leads to from a node; null if it does not touch the node. */
  function otherEnd(edge, name) {
    if (edge.getAttribute("data-row") === name) return edge.getAttribute("data-column");
    if (edge.getAttribute("data-column") === name) return edge.getAttribute("data-row");
    return null;
  }

  function draw() {
    var active = pointed || chosen, name = active && active.getAttribute("data-node"), letters = {}, linked = {};
    shown().forEach(function (edge) {
      linked[edge.getAttribute("data-row")] = linked[edge.getAttribute("data-column")] = true;
      var other = name && otherEnd(edge, name);
      mark(edge, "net-on", Boolean(other));
      if (other) letters[other] = (letters[other] || "") + roles[edge.getAttribute("data-role")].mark;
    });
    mark(net, "net-active", Boolean(active));
    nodes.forEach(function (node) {
      var own = node.getAttribute("data-node");
      node.querySelector(".net-letter").textContent = letters[own] || "";
      mark(node, "net-on", node === active || letters.hasOwnProperty(own));
      mark(node, "net-bare", !linked[own]);
    });
  }

  /* The chosen node in words, below the picture. */
  function describe() {
    while (panel.firstChild) panel.removeChild(panel.firstChild);
    panel.hidden = !chosen;
    clear.disabled = !chosen;
    nodes.forEach(function (node) { node.setAttribute("aria-pressed", String(node === chosen)); });
    if (!chosen) return;
    var name = chosen.getAttribute("data-node"), found = shown().filter(function (edge) { return otherEnd(edge, name); });
    var title = element("a", chosen.querySelector(".net-name").textContent, element("strong", "", panel));
    title.href = chosen.href;
    element("span", found.length ? "　共" + found.length + "项：" : "　筛选后没有连线。", panel);
    var list = element("ul", "", panel);
    found.sort(function (one, other) { return place(one, name) - place(other, name); }).forEach(function (edge) {
      var node = byName[otherEnd(edge, name)], item = element("li", "", list);
      var role = roles[edge.getAttribute("data-role")];
      element("span", role.mark + role.label + " ", item);
      element("a", node.querySelector(".net-name").textContent, item).href = node.href;
    });
  }

  function place(edge, name) {
    return nodes.indexOf(byName[otherEnd(edge, name)]);
  }

  /* What lies over the foot of the screen: whatever has the focus is scrolled clear of it. */
  function clearFoot() {
    var covered = Math.max(panel.offsetHeight, pairs ? pairs.offsetHeight : 0);
    document.documentElement.style.scrollPaddingBottom = covered ? covered + 16 + "px" : "";
  }

  function choose(node) {
    chosen = node === chosen ? null : node;
    draw();
    describe();
    clearFoot();
    if (chosen) chosen.scrollIntoView({block: "nearest"});
  }

  function refresh() {
    draw();
    describe();
  }

  /* What is filtered out stands in the address, so that the view can be sent: #without=role:support,hub. */
  function write() {
    var without = all("input").filter(function (box) { return !box.checked; })
      .map(function (box) { return box.name + ":" + encodeURIComponent(box.value); });
    if (hubHidden) without.push("hub");
    try {
      var page = window.location.href.split("#")[0];
      window.history.replaceState(null, "", page + (without.length ? "#without=" + without.join(",") : ""));
    } catch (fault) { // some browsers refuse this for files
    }
  }

  function read() {
    var found = /^#without=(.*)$/.exec(window.location.hash), without = found ? found[1].split(",") : [];
    all("input").forEach(function (box) { // browsers restore what was ticked before a reload
      box.checked = without.indexOf(box.name + ":" + encodeURIComponent(box.value)) < 0;
    });
    hideHub(without.indexOf("hub") >= 0);
    refresh();
  }

  function hideHub(hidden) {
    hubHidden = Boolean(hubButton) && hidden;
    if (hubButton) hubButton.textContent = hubButton.textContent.replace(/^../, hubHidden ? "显示" : "隐藏");
  }

  /* Up and down within a column; left and right to the nearest in the other. */
  function move(node, key) {
    var own = nodes.filter(function (other) { return side(other) === side(node); });
    var others = nodes.filter(function (other) { return side(other) !== side(node); });
    var next = key === UP ? own[own.indexOf(node) - 1] : key === DOWN ? own[own.indexOf(node) + 1]
      : key === (side(node) === "r" ? RIGHT : LEFT) ? nearest(node, others) : null;
    if (next) next.focus();
    return Boolean(next);
  }

  /* "r" for a row on the left, "c" for a column on the right. */
  function side(node) {
    return node.getAttribute("data-node").charAt(0);
  }

  function nearest(node, column) {
    var top = node.getBoundingClientRect().top;
    return column.slice().sort(function (one, other) {
      return Math.abs(one.getBoundingClientRect().top - top) - Math.abs(other.getBoundingClientRect().top - top);
    })[0];
  }

  function listen(node) {
    byName[node.getAttribute("data-node")] = node;
    node.setAttribute("role", "button");
    node.addEventListener("mouseenter", function () { pointed = node; draw(); });
    node.addEventListener("mouseleave", function () { pointed = null; draw(); });
    node.addEventListener("focus", function () { pointed = node; draw(); });
    node.addEventListener("blur", function () { pointed = null; draw(); });
    node.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // opens the page elsewhere
      event.preventDefault();
      choose(node);
    });
    node.addEventListener("keydown", function (event) {
      if (event.keyCode === SPACE) choose(node);
      else if (event.keyCode === ESCAPE && chosen) choose(chosen);
      else if (!move(node, event.keyCode)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  all("input[name=role]").forEach(function (box) {
    roles[box.value] = {mark: box.getAttribute("data-mark"), label: box.getAttribute("data-label")};
  });
  nodes.forEach(listen);
  all("input").forEach(function (box) {
    box.addEventListener("change", function () {
      write();
      refresh();
    });
  });
  clear.addEventListener("click", function () { if (chosen) choose(chosen); });
  if (hubButton) hubButton.addEventListener("click", function () {
    hideHub(!hubHidden);
    write();
    refresh();
  });
  all(".net-controls, .net-help").forEach(function (part) { part.hidden = false; });
  mark(net, "net-live", true);
  window.addEventListener("hashchange", function () {
    if (/^#without=|^$/.test(window.location.hash)) read();
    clearFoot();
  });
  read();
  clearFoot();
})();
