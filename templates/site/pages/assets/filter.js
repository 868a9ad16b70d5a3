/*
 * Filters above a table: what fits stays, and the choice stands in the address. ES5; the table is whole without it.
 */
(function () {
  "use strict";

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
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

  /* Chapters of another plan than the chosen one are not offered. */
  function narrow(form) {
    var plan = form.querySelector("[name=plan]"), chapter = form.querySelector("[name=chapter]");
    if (!plan || !chapter) return;
    all("optgroup", chapter).forEach(function (group) {
      group.hidden = group.disabled = Boolean(plan.value) && group.getAttribute("data-plan") !== plan.value;
    });
    var chosen = chapter.options[chapter.selectedIndex];
    if (chosen && chosen.parentNode.hidden) chapter.value = "";
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
      narrow(form);
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
        var page = window.location.href.split("#")[0];
        window.history.replaceState(null, "", page + (state.length ? "#" + state.join("&") : ""));
      } catch (fault) { // some browsers refuse this for files
      }
    }

    function read() {
      var wanted = {};
      window.location.hash.replace(/^#/, "").split("&").forEach(function (pair) {
        var at = pair.indexOf("=");
        try { wanted[pair.slice(0, at)] = decodeURIComponent(pair.slice(at + 1)); } catch (fault) { // no such value
        }
      });
      fields.forEach(function (field) {
        field.value = wanted.hasOwnProperty(field.name) ? wanted[field.name] : "";
        if (field.selectedIndex < 0) field.value = ""; // an address may name what is not offered
      });
    }

    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("input", apply);
    form.addEventListener("change", apply);
    form.addEventListener("reset", function () { window.setTimeout(apply, 0); });
    window.addEventListener("hashchange", function () {
      if (/^#[^=]+$/.test(window.location.hash)) return; // a place on the page
      read();
      apply();
    });
    form.hidden = false;
    read();
    if (window.location.hash.indexOf("=") > 0) apply();
  }

  all(".pb-filter").forEach(startFilter);
})();
