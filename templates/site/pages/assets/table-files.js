/*
 * Rows → a file on the reader's computer: CSV as Excel opens it by double click, and a workbook (.xlsx).
 * ES5, no library: a workbook is a zip of a few XML files, stored without compression.
 */
(function (scope) {
  "use strict";

  var FORMULA = /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/; // Excel takes full-width ones for the half-width ones
  var PAIR_OR_UNPRINTABLE = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
  var LONGEST = 32767; // characters that a cell of a workbook may hold
  var DAY = /^\d{4}-\d\d-\d\d$/, EPOCH = Date.UTC(1899, 11, 30);
  var LINE = 15, HIGHEST = 409; // points: Excel does not work out heights for a file that it did not write
  var HEAD_STYLE = 1, TEXT_STYLE = 2, DAY_STYLE = 3;
  var SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  var RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  var PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  var TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  var XML = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

  /* ---- CSV ---- */

  function csv(rows) {
    return "\ufeff" + rows.map(function (row) {
      return row.map(function (cell) {
        var text = FORMULA.test(cell) ? "'" + cell : cell;
        return /[",\r\n]/.test(text) ? "\"" + text.replace(/"/g, "\"\"") + "\"" : text;
      }).join(",") + "\r\n";
    }).join("");
  }

  /* ---- workbook ---- */

  function escaped(text) {
    return text.slice(0, LONGEST).replace(PAIR_OR_UNPRINTABLE, function (found) {
      return found.length === 2 ? found : "\ufffd";
    }).replace(/&/g, "&amp;").replace(/</g, "&lt;")
      .replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
  }

  /* 0 → A, 26 → AA. */
  function letters(column) {
    return (column > 25 ? letters(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + column % 26);
  }

  function days(text) {
    var parts = text.split("-");
    return (Date.UTC(+parts[0], parts[1] - 1, +parts[2]) - EPOCH) / 86400000;
  }

  /* `kind` is what the column holds: "day", "number", else text, which stays text whatever it looks like. */
  function cellXml(text, place, style, kind) {
    if (kind === "day" && DAY.test(text)) return "<c r=\"" + place + "\" s=\"" + DAY_STYLE + "\"><v>" + days(text) + "</v></c>";
    var start = "<c r=\"" + place + "\" s=\"" + style + "\"";
    if (kind === "number" && /^\d{1,9}$/.test(text)) return start + "><v>" + text + "</v></c>";
    return text === "" ? start + "/>"
      : start + " t=\"inlineStr\"><is><t xml:space=\"preserve\">" + escaped(text) + "</t></is></c>";
  }

  function lines(text, width) {
    return text.split("\n").reduce(function (sum, line) {
      var digits = line.replace(/[^\x20-\x7e]/g, "aa").length;
      return sum + Math.max(1, Math.ceil(digits / (width * 0.96)));
    }, 0);
  }

  function rowXml(row, at, sheet) {
    var most = row.reduce(function (found, text, column) {
      return Math.max(found, lines(text, sheet.columns[column].width));
    }, 1);
    var height = Math.min(HIGHEST, most * LINE + 6);
    return "<row r=\"" + (at + 1) + "\" ht=\"" + height + "\" customHeight=\"1\">" + row.map(function (text, column) {
      var style = at ? TEXT_STYLE : HEAD_STYLE, kind = at ? sheet.columns[column].kind : "";
      return cellXml(text, letters(column) + (at + 1), style, kind);
    }).join("") + "</row>";
  }

  /* A sheet prints on A3 landscape (paper 8), one page wide, its first row on every page. */
  function sheetXml(sheet) {
    var last = letters(sheet.rows[0].length - 1) + sheet.rows.length;
    return XML + "<worksheet xmlns=\"" + SHEET + "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>" +
      "<sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>" +
      "</sheetView></sheetViews><cols>" + sheet.columns.map(function (column, at) {
        return "<col min=\"" + (at + 1) + "\" max=\"" + (at + 1) + "\" width=\"" + column.width + "\" customWidth=\"1\"/>";
      }).join("") + "</cols><sheetData>" + sheet.rows.map(function (row, at) {
        return rowXml(row, at, sheet);
      }).join("") + "</sheetData>" + (sheet.filter ? "<autoFilter ref=\"A1:" + last + "\"/>" : "") +
      "<pageMargins left=\"0.55\" right=\"0.55\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>" +
      "<pageSetup paperSize=\"8\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>" +
      "<headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter></worksheet>";
  }

  function stylesXml() {
    var border = "<left style=\"thin\"/><right style=\"thin\"/><top style=\"thin\"/><bottom style=\"thin\"/><diagonal/>";
    var wrap = "<alignment vertical=\"top\" wrapText=\"1\"/></xf>";
    var style = "<xf fontId=\"0\" fillId=\"0\" borderId=\"1\" xfId=\"0\" applyNumberFormat=\"1\" applyBorder=\"1\" applyAlignment=\"1\" ";
    return XML + "<styleSheet xmlns=\"" + SHEET + "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy-mm-dd\"/></numFmts>" +
      "<fonts count=\"2\"><font><sz val=\"10.5\"/><name val=\"仿宋\"/></font><font><b/><sz val=\"10.5\"/><name val=\"黑体\"/></font></fonts>" +
      "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>" +
      "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFEEF2F7\"/></patternFill></fill></fills>" +
      "<borders count=\"2\"><border/><border>" + border + "</border></borders>" +
      "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"4\">" +
      "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>" +
      "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"1\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyBorder=\"1\" applyAlignment=\"1\">" +
      "<alignment horizontal=\"center\" vertical=\"center\" wrapText=\"1\"/></xf>" +
      style + "numFmtId=\"49\">" + wrap + style + "numFmtId=\"164\">" + wrap +
      "</cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>";
  }

  function workbookXml(sheets) {
    return XML + "<workbook xmlns=\"" + SHEET + "\" xmlns:r=\"" + RELATION + "\"><sheets>" +
      sheets.map(function (sheet, at) {
        return "<sheet name=\"" + escaped(sheet.name) + "\" sheetId=\"" + (at + 1) + "\" r:id=\"rId" + (at + 1) + "\"/>";
      }).join("") + "</sheets><definedNames>" + sheets.map(function (sheet, at) {
        return "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"" + at + "\">'" + escaped(sheet.name) + "'!$1:$1</definedName>";
      }).join("") + "</definedNames></workbook>";
  }

  function relations(entries) {
    return XML + "<Relationships xmlns=\"" + PACKAGE + "relationships\">" + entries.map(function (entry, at) {
      return "<Relationship Id=\"rId" + (at + 1) + "\" Type=\"" + RELATION + "/" + entry[0] + "\" Target=\"" + entry[1] + "\"/>";
    }).join("") + "</Relationships>";
  }

  function typesXml(sheets) {
    function part(name, kind) {
      return "<Override PartName=\"/xl/" + name + ".xml\" ContentType=\"" + TYPE + kind + "+xml\"/>";
    }
    return XML + "<Types xmlns=\"" + PACKAGE + "content-types\"><Default Extension=\"rels\" ContentType=\"" +
      "application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>" +
      part("workbook", "sheet.main") + part("styles", "styles") + sheets.map(function (sheet, at) {
        return part("worksheets/sheet" + (at + 1), "worksheet");
      }).join("") + "</Types>";
  }

  /* [{name, rows: [[text]], columns: [{width, kind}], filter}] → the bytes of a workbook, in pieces. */
  function workbook(sheets) {
    var parts = sheets.map(function (sheet, at) { return ["worksheet", "worksheets/sheet" + (at + 1) + ".xml"]; });
    var files = [
      ["[Content_Types].xml", typesXml(sheets)],
      ["_rels/.rels", relations([["officeDocument", "xl/workbook.xml"]])],
      ["xl/workbook.xml", workbookXml(sheets)],
      ["xl/_rels/workbook.xml.rels", relations(parts.concat([["styles", "styles.xml"]]))],
      ["xl/styles.xml", stylesXml()]
    ];
    return zipped(files.concat(sheets.map(function (sheet, at) { return ["xl/" + parts[at][1], sheetXml(sheet)]; })));
  }

  /* ---- zip ---- */

  function utf8(text) {
    var plain = unescape(encodeURIComponent(text)), bytes = new Uint8Array(plain.length);
    for (var at = 0; at < plain.length; at++) bytes[at] = plain.charCodeAt(at);
    return bytes;
  }

  var checks = [];
  for (var number = 0; number < 256; number++) {
    var value = number;
    for (var bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    checks.push(value >>> 0);
  }

  function checksum(bytes) {
    var found = 0xffffffff;
    for (var at = 0; at < bytes.length; at++) found = checks[(found ^ bytes[at]) & 0xff] ^ (found >>> 8);
    return (found ^ 0xffffffff) >>> 0;
  }

  /* Numbers as a zip writes them, [bytes wide, number] each, the lowest byte first. */
  function header(fields) {
    var bytes = [];
    fields.forEach(function (field) {
      for (var at = 0; at < field[0]; at++) bytes.push(Math.floor(field[1] / Math.pow(256, at)) % 256);
    });
    return new Uint8Array(bytes);
  }

  /* [[name, text]] → the bytes of a zip; every entry is of the first day a zip knows, for the same rows give the same file. */
  function zipped(files) {
    var body = [], index = [], offset = 0;
    files.forEach(function (file) {
      var name = utf8(file[0]), content = utf8(file[1]);
      var known = [[2, 20], [2, 0x800], [2, 0], [2, 0], [2, 33], [4, checksum(content)], [4, content.length], [4, content.length], [2, name.length], [2, 0]];
      body.push(header([[4, 0x04034b50]].concat(known)), name, content);
      index.push(header([[4, 0x02014b50], [2, 20]].concat(known, [[2, 0], [2, 0], [2, 0], [4, 0], [4, offset]])), name);
      offset += 30 + name.length + content.length;
    });
    var length = index.reduce(function (sum, part) { return sum + part.length; }, 0);
    var end = header([[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, length], [4, offset], [2, 0]]);
    return body.concat(index, [end]);
  }

  /* Hands a file to the reader; browsers that cannot save are shown the address of its content. */
  function save(name, kind, parts) {
    var blob = new Blob(parts, {type: kind}), link = document.createElement("a");
    if (window.navigator.msSaveOrOpenBlob) {
      window.navigator.msSaveOrOpenBlob(blob, name);
      return;
    }
    link.href = window.URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    window.setTimeout(function () { window.URL.revokeObjectURL(link.href); }, 60000);
  }

  scope.planbookFiles = {csv: csv, workbook: workbook, save: save, WORKBOOK: TYPE + "sheet"};
})(window);
