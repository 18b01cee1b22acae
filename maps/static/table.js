// Tables of the panel, and the file that takes them along.

// columns: { head, key, className, cell(row) -> text or node, sort }; options: { pick(row), isPicked(row), order, sortBy(key) }
function buildTable(columns, rows, options) {
  const table = make("table", options.className || "");
  const head = table.createTHead().insertRow();
  for (const column of columns) {
    const cell = make("th", column.className || "");
    cell.scope = "col";
    if (column.sort) {
      const button = make("button", "sort", column.head);
      button.type = "button";
      button.setAttribute("aria-label", t("sort", { name: column.head }));
      if (column.meaning) button.title = column.meaning;
      button.addEventListener("click", () => options.sortBy(column.key));
      if (options.order && options.order.key === column.key) {
        cell.setAttribute("aria-sort", options.order.down ? "descending" : "ascending");
      }
      cell.append(button);
    } else cell.textContent = column.head;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows) body.append(buildRow(columns, row, options));
  return table;
}

function buildRow(columns, row, options) {
  const line = make("tr");
  for (const column of columns) {
    const cell = make("td", column.className || "");
    const content = column.cell(row);
    if (content instanceof Node) cell.append(content);
    else cell.textContent = content;
    line.append(cell);
  }
  if (options.pick) {
    line.tabIndex = 0;
    const picked = Boolean(options.isPicked && options.isPicked(row));
    line.classList.toggle("picked", picked);
    line.setAttribute("aria-selected", String(picked));
    line.addEventListener("click", () => options.pick(row, line));
    line.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        moveFocus(line, event.key === "ArrowDown" ? "nextElementSibling" : "previousElementSibling");
      }
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      options.pick(row, line);
    });
  }
  return line;
}

// To the next row that can be chosen; the figures of a picked pair stand between two of them.
function moveFocus(line, way) {
  let other = line[way];
  while (other && other.tabIndex !== 0) other = other[way];
  if (other) other.focus();
}

// A number over a bar of its share of the largest.
function barCell(text, share, kind) {
  const box = make("span", "bar " + (kind || ""));
  const bar = make("i");
  bar.style.width = Math.max(0, Math.min(1, share || 0)) * 100 + "%";
  box.append(bar, make("b", "", text));
  return box;
}

// Spreadsheets run a text that begins like a formula; a quote before it stops them. Numbers stay numbers.
function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
  return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

function writeCsv(table) {
  const lines = [table.head, ...table.rows].map((row) => row.map(csvCell).join(","));
  return "\ufeff" + lines.join("\r\n") + "\r\n";
}

function download(name, text) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
