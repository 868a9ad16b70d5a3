/* Copies the message to a unit that has not reported. ES5, no library; the message is there to be read without it. */
(function () {
  "use strict";

  function copied(text) {
    var area = document.createElement("textarea"), done = false;
    area.value = text;
    area.setAttribute("readonly", "");
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.appendChild(area);
    area.select();
    try { done = document.execCommand("copy"); } catch (fault) { done = false; }
    document.body.removeChild(area);
    return done;
  }

  /* Where the browser does not copy, the message is marked so that Ctrl+C does it. */
  function mark(place) {
    var range = document.createRange(), selection = window.getSelection();
    range.selectNodeContents(place);
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function start(button) {
    var place = document.getElementById(button.getAttribute("data-copy"));
    var told = button.parentNode.querySelector(".int-copied");
    button.hidden = false;
    button.addEventListener("click", function () {
      var done = copied(place.textContent);
      button.focus();
      if (!done) mark(place);
      told.textContent = done ? "已复制" : "已选中，请按 Ctrl+C 复制";
    });
  }

  Array.prototype.slice.call(document.querySelectorAll(".int-copy")).forEach(start);
})();
