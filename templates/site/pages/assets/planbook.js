/*
 * What the pages do beyond being read: days left on the day of reading, "my unit", copying an address.
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

  /* As home.py sorts them: due this month or next, passed, running, or later; NaN where there is no such day. */
  function nearness(first, last, now) {
    if (last < now) return "passed";
    var today = new Date(now), day = new Date(last);
    var months = (day.getUTCFullYear() - today.getUTCFullYear()) * 12 + day.getUTCMonth() - today.getUTCMonth();
    return months === 0 ? "this-month" : months === 1 ? "next-month" : first <= now ? "running" : "later";
  }

  function dayOf(row, name) {
    return row.hasAttribute(name) ? parseDay(row.getAttribute(name)) : NaN;
  }

  /* The first page's lists, sorted again: what falls due this month, next month, is running, comes later, has passed. */
  function regroup(now) {
    var sections = {};
    all("[data-due]").forEach(function (section) { sections[section.getAttribute("data-due")] = section; });
    var rows = all(".pb-due > li");
    function sortedBy(row) {
      return row.getAttribute("data-last") || row.getAttribute("data-first");
    }

    rows.sort(function (a, b) {
      return sortedBy(a) < sortedBy(b) ? -1 : sortedBy(a) > sortedBy(b) ? 1 : 0;
    });
    rows.forEach(function (row) {
      var section = sections[nearness(dayOf(row, "data-first"), dayOf(row, "data-last"), now)];
      if (section) section.querySelector(".pb-due").appendChild(row);
    });
  }

  function markEmpty() {
    all("[data-due]").forEach(function (section) {
      section.querySelector(".pb-empty").hidden = all("li:not([hidden])", section).length > 0;
    });
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

  /* The first page's lists: what concerns my unit is told from the rest, and alone where the reader wants that. */
  function markMine(mine, place) {
    var only = place.querySelector(".pb-mine-only").checked;
    all(".pb-due > li").forEach(function (row) {
      var held = (row.getAttribute("data-units") || "").split(" "), flag = row.querySelector(".pb-own");
      var open = Boolean(mine) && held.indexOf(mine.id + ":open") >= 0;
      var own = open || Boolean(mine) && held.indexOf(mine.id) >= 0;
      row.hidden = Boolean(mine) && only && !own;
      flag.hidden = !own;
      flag.textContent = place.getAttribute(open ? "data-open" : "data-own");
    });
    all("[data-due]").forEach(function (section) {
      var own = all(".pb-own:not([hidden])", section).length;
      var count = place.querySelector("[data-count=" + section.getAttribute("data-due") + "]");
      if (count) count.textContent = own;
    });
    markEmpty();
  }

  function showMine() {
    var mine = remembered(), place = document.querySelector(".pb-mine");
    if (place) {
      var page = mine && all(".pb-units a").filter(function (link) {
        return link.getAttribute("href") === "units/" + mine.id + ".html"; // what was remembered may be gone
      })[0];
      place.hidden = !page;
      if (page) {
        var link = place.querySelector(".pb-mine-link");
        link.textContent = page.textContent;
        link.href = page.href;
      }
      all(".pb-mine-card").forEach(function (card) { card.href = page ? page.href : "units/index.html"; });
      markMine(page ? mine : null, place);
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
    all(".pb-mine-only").forEach(function (box) { box.addEventListener("change", showMine); });
    all(".pb-mine-pick").forEach(offerMine);
    showMine();
  }

  /* A button that chooses my unit among the conditions of a page: an option of a list, or a box to tick. */
  function offerMine(button) {
    var mine = remembered(), field = document.getElementById(button.getAttribute("data-for"));
    var found = mine && field && all("option, input", field).filter(function (choice) { return choice.value === mine.id; })[0];
    if (!found) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      var event = document.createEvent("Event");
      if (found.type === "checkbox") found.checked = true; else field.value = mine.id;
      event.initEvent("change", true, false);
      found.dispatchEvent(event);
    });
  }

  function startCopy(button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var area = document.createElement("textarea");
      area.value = button.getAttribute("data-copy") || window.location.href;
      area.setAttribute("readonly", "");
      area.style.position = "fixed";
      area.style.opacity = "0";
      document.body.appendChild(area);
      area.select();
      var done = false;
      try { done = document.execCommand("copy"); } catch (fault) { done = false; }
      document.body.removeChild(area);
      button.textContent = done ? "已复制" : button.hasAttribute("data-copy") ? "请选中文字复制" : "请从地址栏复制";
    });
  }

  /* The theme opens its menu by labels, which no key reaches: a button lies over each that does the same. */
  function startMenu(label) {
    var box = document.getElementById(label.getAttribute("for")), button = document.createElement("button");
    if (!box) return;
    button.type = "button";
    button.className = "pb-key";
    button.setAttribute("aria-label", label.textContent.trim() || "菜单");

    function tell() {
      button.setAttribute("aria-expanded", String(box.checked));
    }

    button.addEventListener("click", function (event) {
      event.preventDefault(); // the label would click as well
      box.click();
    });
    box.addEventListener("change", function () {
      document.documentElement.classList.add("pb-menu-used");
      tell();
    });
    tell();
    label.appendChild(button);
  }

  function closeMenu(event) {
    var box = document.getElementById("__drawer"), button = document.querySelector(".md-header .pb-key");
    if (event.key !== "Escape" || !box || !box.checked) return;
    box.click();
    if (button) button.focus();
  }

  all("label.md-header__button[for=__drawer], .md-sidebar--primary label[for=__toc]").forEach(startMenu);
  document.addEventListener("keydown", closeMenu);
  reckonDays(today());
  regroup(today());
  startMine();
  all(".pb-copy").forEach(startCopy);
})();
