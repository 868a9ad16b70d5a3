/*
 * The calendar: the line of the day of reading, filters of picture and list at once with their state in the address,
 * and the address to subscribe to where there is one. ES5; everything is read from the page, which is whole without it.
 */
(function () {
  "use strict";

  var table = document.querySelector(".cal-table"), form = document.querySelector(".cal-filter");
  if (!table) return;

  var marks = all(".cal-mark"), entries = all("[data-entry]"), fields = form ? all("select", form) : [], shown = {};

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  /* Where the noon of a day lies in the picture, 0 to 1, all months equally wide; null outside. */
  function place(day) {
    var first = table.getAttribute("data-first"), count = +table.getAttribute("data-months");
    if (!first) return null;
    var months = (day.getFullYear() - first.slice(0, 4)) * 12 + day.getMonth() + 1 - first.slice(5, 7);
    var length = new Date(day.getFullYear(), day.getMonth() + 1, 0).getDate();
    var at = (months + (day.getDate() - 0.5) / length) / count;
    return at >= 0 && at < 1 ? at : null;
  }

  function drawToday(day) {
    var at = place(day), text = day.getFullYear() + "年" + (day.getMonth() + 1) + "月" + day.getDate() + "日";
    var note = document.querySelector(".cal-today-text"), flag = document.querySelector(".cal-now-text");
    if (at === null) table.classList.add("cal-outside"); else table.classList.remove("cal-outside");
    if (at !== null && at > 0.9) table.classList.add("cal-now-late"); else table.classList.remove("cal-now-late");
    table.style.setProperty("--cal-now", ((at || 0) * 100).toFixed(3) + "%");
    if (flag) flag.textContent = "今天 " + (day.getMonth() + 1) + "月" + day.getDate() + "日";
    if (note) {
      note.textContent = "今天 " + text;
      if (note.nextSibling) note.nextSibling.nodeValue = (at === null ? "（不在图中的月份内）" : "") +
        "。“时限已过”只说日期，不表示没有完成。";
    }
    return at;
  }

  /* Today a third of the way into what is seen, so that what comes next is in sight. */
  function scrollTo(at) {
    var area = document.querySelector(".cal-scroll"), track = document.querySelector(".cal-axis");
    if (!area || !track || at === null) return;
    area.scrollLeft = Math.max(0, track.offsetWidth * at - (area.clientWidth - track.offsetLeft) / 3);
  }

  function holds(list, wanted) {
    return !wanted || (" " + list + " ").indexOf(" " + wanted + " ") >= 0;
  }

  function fits(mark, wanted) {
    return (!wanted.plan || mark.getAttribute("data-plan") === wanted.plan) &&
      holds(mark.getAttribute("data-units"), wanted.unit) && holds(mark.getAttribute("data-kind"), wanted.kind);
  }

  function hideEmpty(selector, inside) {
    all(selector).forEach(function (part) {
      part.hidden = !part.querySelector(inside);
    });
  }

  function apply() {
    var wanted = {}, state = [], count = 0;
    fields.forEach(function (field) {
      wanted[field.name] = field.value;
      if (field.value) state.push(field.name + "=" + encodeURIComponent(field.value));
    });
    marks.forEach(function (mark) {
      var keep = fits(mark, wanted);
      mark.hidden = !keep;
      if (mark.parentNode.classList.contains("cal-lane")) mark.parentNode.hidden = !keep;
      shown[mark.getAttribute("data-time")] = keep;
      if (keep) count += 1;
    });
    entries.forEach(function (entry) { entry.hidden = !shown[entry.getAttribute("data-entry")]; });
    hideEmpty(".cal-row", ".cal-mark:not([hidden])");
    hideEmpty(".cal-table tbody", ".cal-mark:not([hidden])");
    hideEmpty(".cal-month", "li:not([hidden])");
    all(".cal-list .pb-chips li").forEach(function (chip) {
      var heading = document.getElementById(chip.firstChild.getAttribute("href").slice(1));
      chip.hidden = Boolean(heading && heading.parentNode.hidden);
    });
    form.querySelector(".cal-shown").textContent = state.length ? "符合条件 " + count + " 处，共 " + marks.length + " 处" : "";
    document.querySelector(".cal-none").hidden = count > 0;
    showAddress(wanted.unit);
    return state;
  }

  function keepState(state) {
    try { // the view can be sent as an address
      window.history.replaceState(null, "", state.length ? "#" + state.join("&") : window.location.pathname);
    } catch (fault) { // some browsers refuse this for files
    }
  }

  function readState() {
    var found = false;
    window.location.hash.replace(/^#/, "").split("&").forEach(function (pair) {
      var at = pair.indexOf("=");
      fields.forEach(function (field) {
        if (at < 0 || field.name !== pair.slice(0, at)) return;
        try { field.value = decodeURIComponent(pair.slice(at + 1)); } catch (fault) { field.value = ""; }
        if (field.selectedIndex < 0) field.value = "";
        found = found || Boolean(field.value);
      });
    });
    return found;
  }

  /* Calendars subscribe over the web only, never from a folder. */
  function showAddress(unit) {
    var line = document.querySelector(".cal-webcal"), link = document.querySelector(".cal-webcal-link");
    if (!line || !/^https?:$/.test(window.location.protocol)) return;
    var file = unit && document.querySelector(".cal-files a[data-unit='" + unit.replace(/[^a-z0-9-]/g, "") + "']");
    file = file || document.querySelector("#subscribe ~ .pb-downloads a");
    line.hidden = !file;
    if (!file) return;
    link.href = file.href.replace(/^https?:/, "webcal:");
    link.textContent = file.href;
  }

  if (!form) { // a unit's page has the picture alone
    scrollTo(drawToday(new Date()));
    return;
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("change", function () { keepState(apply()); });
  form.addEventListener("reset", function () { window.setTimeout(function () { keepState(apply()); }, 0); });
  window.addEventListener("hashchange", function () { if (readState()) apply(); });
  form.hidden = false;
  fields.forEach(function (field) { field.value = ""; }); // browsers restore what was chosen before a reload
  readState();
  apply();
  scrollTo(drawToday(new Date()));
})();
