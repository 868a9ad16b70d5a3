/*
 * What the pages do beyond being read: days left on the day of reading, "my unit", filters, copying an address.
 * ES5, no library, nothing fetched; every page is whole without it.
 */
(function () {
  "use strict";

  var DAY = 86400000;
  var UNIT_KEY = "planbook.unit";

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  function parseDay(text) {
    var parts = text.split("-");
    return Date.UTC(+parts[0], parts[1] - 1, +parts[2]);
  }

  function today() {
    var now = new Date();
    return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  }

  function chineseDay(time) {
    var day = new Date(time);
    return day.getUTCFullYear() + "年" + (day.getUTCMonth() + 1) + "月" + day.getUTCDate() + "日";
  }

  /* The days that the page was built with are put right for the day of reading. */
  function reckonDays(now) {
    all(".pb-left").forEach(function (place) {
      var left = Math.round((parseDay(place.getAttribute("data-last")) - now) / DAY);
      place.textContent = left < 0 ? "时限已过" : left === 0 ? "今天到期" : "还有" + left + "天";
    });
    all(".pb-today").forEach(function (place) {
      var built = place.getAttribute("data-built");
      if (chineseDay(now) === built) return;
      place.textContent = "按今天（" + chineseDay(now) + "）计算；网页和材料生成时以 " + built + " 为准";
    });
  }

  function nearness(last, now) {
    if (last < now) return "passed";
    var first = new Date(now), second = new Date(last);
    var months = (second.getUTCFullYear() - first.getUTCFullYear()) * 12 + second.getUTCMonth() - first.getUTCMonth();
    return months === 0 ? "this-month" : months === 1 ? "next-month" : "later";
  }

  /* The first page's lists, sorted again: what falls due this month, next month, later, what has passed. */
  function regroup(now) {
    var sections = {};
    all("[data-due]").forEach(function (section) { sections[section.getAttribute("data-due")] = section; });
    var rows = all(".pb-due > li");
    rows.sort(function (a, b) {
      return a.getAttribute("data-last") < b.getAttribute("data-last") ? -1
        : a.getAttribute("data-last") > b.getAttribute("data-last") ? 1 : 0;
    });
    rows.forEach(function (row) {
      var section = sections[nearness(parseDay(row.getAttribute("data-last")), now)];
      if (section) section.querySelector(".pb-due").appendChild(row);
    });
    for (var key in sections) {
      if (!sections.hasOwnProperty(key)) continue;
      sections[key].querySelector(".pb-empty").hidden = all("li", sections[key]).length > 0;
    }
  }

  function remembered() {
    try {
      return JSON.parse(window.localStorage.getItem(UNIT_KEY) || "null");
    } catch (fault) { // storage may be switched off
      return null;
    }
  }

  function remember(unit) {
    try {
      if (unit) window.localStorage.setItem(UNIT_KEY, JSON.stringify(unit));
      else window.localStorage.removeItem(UNIT_KEY);
    } catch (fault) { // then it is only for this page
    }
  }

  function showMine() {
    var mine = remembered(), place = document.querySelector(".pb-mine");
    if (place) {
      var known = mine && /^[a-z][a-z0-9-]*$/.test(mine.id);
      place.hidden = !known;
      if (known) {
        var link = place.querySelector(".pb-mine-link");
        link.textContent = mine.name;
        link.href = "units/" + mine.id + ".html";
      }
    }
    all(".pb-remember").forEach(function (button) {
      button.hidden = false;
      var same = mine && mine.id === button.getAttribute("data-unit");
      button.textContent = same ? "已设为我的单位（点此取消）" : "设为我的单位";
      button.setAttribute("aria-pressed", same ? "true" : "false");
    });
  }

  function startMine() {
    all(".pb-remember").forEach(function (button) {
      button.addEventListener("click", function () {
        var unit = {id: button.getAttribute("data-unit"), name: button.getAttribute("data-name")};
        var mine = remembered();
        remember(mine && mine.id === unit.id ? null : unit);
        showMine();
      });
    });
    all(".pb-forget").forEach(function (button) {
      button.addEventListener("click", function () {
        remember(null);
        showMine();
        window.location.href = "units/index.html";
      });
    });
    showMine();
  }

  /* Text as it is compared: full-width and half-width alike, no case, no white space. */
  function folded(text) {
    return text.replace(/[\uff01-\uff5e]/g, function (char) {
      return String.fromCharCode(char.charCodeAt(0) - 0xfee0);
    }).replace(/[〔【\[]/g, "(").replace(/[〕】\]]/g, ")").replace(/\s+/g, "").toLowerCase();
  }

  function fits(row, wanted) {
    var words = (wanted.q || "").split(/\s+/).map(folded).filter(Boolean);
    if (words.length && row.text === undefined) row.text = folded(row.element.textContent);
    var held = row.element.getAttribute("data-units") || "";
    var duty = (wanted.unit || "") + ":" + (wanted.role || "");
    return words.every(function (word) { return row.text.indexOf(word) >= 0; }) &&
      (!wanted.plan || row.element.getAttribute("data-plan") === wanted.plan) &&
      (!wanted.chapter || row.element.getAttribute("data-chapter") === wanted.chapter) &&
      (!wanted.time || (" " + row.element.getAttribute("data-time") + " ").indexOf(" " + wanted.time + " ") >= 0) &&
      (duty === ":" || held.split(" ").some(function (found) {
        return wanted.unit && wanted.role ? found === duty
          : wanted.unit ? found.indexOf(duty) === 0
          : found.slice(-duty.length) === duty && found.length > duty.length;
      }));
  }

  /* Says to a page's own script what is wanted now. */
  function tell(form, wanted) {
    var event = document.createEvent("CustomEvent");
    event.initCustomEvent("planbook-filter", false, false, wanted);
    form.dispatchEvent(event);
  }

  function startFilter(form) {
    var table = document.getElementById(form.getAttribute("data-table"));
    if (!table) return;
    var rows = all("tbody tr[data-plan]", table).map(function (element) { return {element: element}; });
    var fields = all("input, select", form);
    var shown = form.querySelector(".pb-shown"), none = document.querySelector(".pb-none");

    function apply() {
      var wanted = {}, state = [], count = 0;
      fields.forEach(function (field) {
        wanted[field.name] = field.value;
        if (field.value) state.push(field.name + "=" + encodeURIComponent(field.value));
      });
      rows.forEach(function (row) {
        var keep = fits(row, wanted);
        row.element.hidden = !keep;
        if (keep) count += 1;
      });
      all("tbody", table).forEach(function (body) {
        var band = body.querySelector(".pb-band");
        if (band) band.hidden = !body.querySelector("tr[data-plan]:not([hidden])");
      });
      shown.textContent = state.length ? "符合条件 " + count + " 项，共 " + rows.length + " 项" : "";
      if (none) none.hidden = count > 0;
      tell(form, wanted);
      try { // the view can be sent as an address
        window.history.replaceState(null, "", state.length ? "#" + state.join("&") : window.location.pathname);
      } catch (fault) { // some browsers refuse this for files
      }
    }

    window.location.hash.replace(/^#/, "").split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      if (at < 0) return;
      fields.forEach(function (field) {
        if (field.name === pair.slice(0, at)) {
          try { field.value = decodeURIComponent(pair.slice(at + 1)); } catch (fault) { field.value = ""; }
        }
      });
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", apply);
    form.addEventListener("change", apply);
    form.addEventListener("reset", function () { window.setTimeout(apply, 0); });
    form.hidden = false;
    if (window.location.hash.indexOf("=") > 0) apply();
  }

  function startCopy(button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var area = document.createElement("textarea");
      area.value = window.location.href;
      area.setAttribute("readonly", "");
      area.style.position = "fixed";
      area.style.opacity = "0";
      document.body.appendChild(area);
      area.select();
      var done = false;
      try { done = document.execCommand("copy"); } catch (fault) { done = false; }
      document.body.removeChild(area);
      button.textContent = done ? "已复制" : "请从地址栏复制";
    });
  }

  reckonDays(today());
  regroup(today());
  startMine();
  all(".pb-filter").forEach(startFilter);
  all(".pb-copy").forEach(startCopy);
})();
