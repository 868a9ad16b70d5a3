/*
 * Two things that Material's search box lacks. ES5.
 * It searches when a key is released; a word that is pasted or picked from an input method with the mouse, or spoken,
 * releases none, so it is told whenever the text changes. And its dialog has no name for screen readers.
 */
(function () {
  "use strict";
  var box = document.querySelector("[data-md-component=search-query]");
  var dialog = document.querySelector("[data-md-component=search][role=dialog]");
  if (!box) return;

  box.addEventListener("input", function () {
    var event = document.createEvent("Event");
    event.initEvent("keyup", true, false);
    box.dispatchEvent(event);
  });

  if (dialog && !dialog.hasAttribute("aria-label")) dialog.setAttribute("aria-label", box.getAttribute("aria-label"));
})();
