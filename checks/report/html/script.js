(function () {
  "use strict";
  var search = document.getElementById("search");
  var told = document.getElementById("told");
  var all = Array.prototype.slice.call(document.querySelectorAll(".result"));
  var statuses = Array.prototype.slice.call(document.querySelectorAll("input[data-status]"));
  var texts = null;

  document.querySelectorAll("[data-script]").forEach(function (e) { e.hidden = false; });

  function text(result) {
    var parts = [result.closest(".section").querySelector("h2").textContent];
    result.querySelectorAll(".head, .problem").forEach(function (e) { parts.push(e.textContent); });
    return parts.join(" ").toLowerCase();
  }
  function filter() {
    var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length > 0 && texts === null) texts = all.map(text);
    var wanted = {};
    statuses.forEach(function (s) { wanted[s.dataset.status] = s.checked; });
    var shown = 0;
    all.forEach(function (result, i) {
      var out = words.some(function (w) { return texts[i].indexOf(w) < 0; });
      result.toggleAttribute("data-out", out);
      if (!out && wanted[result.dataset.status] !== false) shown++;
    });
    told.textContent = shown === all.length ? "" : shown + " of " + all.length + " results shown";
  }
  function each(open) {
    var left = 500;
    all.forEach(function (result) {
      var details = result.querySelector("details");
      if (details && (!open || left > 0 && result.offsetParent !== null)) { details.open = open; left--; }
    });
  }
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    var details = target.querySelector("details");
    if (details) details.open = true;
    target.scrollIntoView();
  }
  var later = 0;
  search.addEventListener("input", function () { clearTimeout(later); later = setTimeout(filter, 80); });
  statuses.forEach(function (s) { s.addEventListener("change", filter); });
  document.getElementById("open").addEventListener("click", function () { each(true); });
  document.getElementById("close").addEventListener("click", function () { each(false); });
  document.addEventListener("keydown", function (e) {
    if (e.key === "/" && !/^(INPUT|TEXTAREA)$/.test(e.target.tagName) && !e.ctrlKey && !e.metaKey && !e.altKey) { e.preventDefault(); search.focus(); }
    if (e.key === "Escape" && e.target === search) { search.value = ""; filter(); }
  });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () {
    all.forEach(function (result) {
      var details = result.querySelector("details");
      if (details && /^(fail|warn)$/.test(result.dataset.status)) details.open = true;
    });
  });
  filter();
  reveal();
})();
