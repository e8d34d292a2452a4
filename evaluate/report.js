/* What moves in a report: theme, sorting, filtering. Everything is there without it. */
(function () {
  "use strict";
  var root = document.documentElement;

  /* ---- Light and dark: as the system has it, until the reader chooses. ---- */
  var button = document.getElementById("theme");
  var prefersDark = window.matchMedia("(prefers-color-scheme: dark)");

  function remembered(theme) {
    try {
      if (theme) localStorage.setItem("ttag-theme", theme);
      return localStorage.getItem("ttag-theme");
    } catch (e) {
      return null;
    }
  }
  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches;
  }
  function nameButton() {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", "Switch to the " + (isDark() ? "light" : "dark") + " theme");
  }
  var theme = remembered();
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;
  button.hidden = false;
  nameButton();
  button.addEventListener("click", function () {
    root.dataset.theme = isDark() ? "light" : "dark";
    remembered(root.dataset.theme);
    nameButton();
  });
  prefersDark.addEventListener("change", nameButton);

  /* ---- Tables. ---- */
  function keyOf(row, column) {
    var cell = row.cells[column];
    if (!cell) return "";
    if (!cell.hasAttribute("data-v")) return cell.textContent.trim().toLowerCase();
    var value = cell.getAttribute("data-v");
    return value === "" ? NaN : Number(value);
  }
  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    a = String(a);
    b = String(b);
    return a < b ? -1 : a > b ? 1 : 0;
  }
  /* What is not a number stays last, whichever way the rest is sorted. */
  function sortBy(table, column, falling) {
    var body = table.tBodies[0];
    var rows = Array.prototype.map.call(body.rows, function (row, at) {
      return { row: row, key: keyOf(row, column), at: at };
    });
    rows.sort(function (x, y) {
      var noX = x.key !== x.key, noY = y.key !== y.key;
      if (noX || noY) return noX && noY ? x.at - y.at : noX ? 1 : -1;
      return (falling ? compare(y.key, x.key) : compare(x.key, y.key)) || x.at - y.at;
    });
    var all = document.createDocumentFragment();
    rows.forEach(function (r) { all.appendChild(r.row); });
    body.appendChild(all);
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell, at) {
      if (at === column) cell.setAttribute("aria-sort", falling ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
  }
  function makeSortable(table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (cell, column) {
      if (cell.classList.contains("picture")) return;
      var head = document.createElement("button");
      head.type = "button";
      while (cell.firstChild) head.appendChild(cell.firstChild);
      cell.appendChild(head);
      head.addEventListener("click", function () {
        var before = cell.getAttribute("aria-sort");
        var falling = before ? before === "ascending" : cell.classList.contains("number");
        sortBy(table, column, falling);
      });
    });
  }
  function makeFilter(table) {
    var label = document.createElement("label");
    var field = document.createElement("input");
    var left = document.createElement("span");
    label.className = "filter";
    label.append("Show rows with ");
    field.type = "search";
    label.appendChild(field);
    left.setAttribute("role", "status");
    label.appendChild(left);
    field.addEventListener("input", function () {
      var wanted = field.value.trim().toLowerCase(), shown = 0;
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        row.hidden = row.cells[0].textContent.toLowerCase().indexOf(wanted) < 0;
        shown += row.hidden ? 0 : 1;
      });
      left.textContent = wanted ? shown + " of " + table.tBodies[0].rows.length : "";
    });
    table.parentNode.parentNode.insertBefore(label, table.parentNode);
  }
  document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
  document.querySelectorAll("table[data-filter]").forEach(makeFilter);

  /* ---- Where the reader is. ---- */
  var links = {};
  document.querySelectorAll("nav a").forEach(function (a) { links[a.hash.slice(1)] = a; });
  if ("IntersectionObserver" in window) {
    var watch = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting) return;
        Object.keys(links).forEach(function (id) { links[id].removeAttribute("aria-current"); });
        links[entry.target.id].setAttribute("aria-current", "true");
      });
    }, { rootMargin: "-20% 0px -75% 0px" });
    document.querySelectorAll("main > section").forEach(function (s) {
      if (links[s.id]) watch.observe(s);
    });
  }
})();
