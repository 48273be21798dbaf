"use strict";
(() => {
  const ROWS_A_PAGE = 50, ROWS_PRINTED_MAX = 2000, REASONS_SHOWN = 8, SEARCH_MS = 90;
  const WORDS = {
    zh: {
      title: "放行清单", search: "搜索编号、申报单位、文件、规则（按 / 键）", print: "打印", other: "English",
      all_dispositions: "全部处置", all_modes: "全部模式", all_rules: "全部原因", all_outcomes: "全部结果", clear: "清除筛选",
      disposition: "处置", mode: "检验监管模式", reasons: "主要原因", fees: "费用合计（人民币元）", undecided: "不作处置",
      sequence: "序号", input: "文件", number: "编号", declarant: "申报单位", outcome: "结果", reason: "最重原因", payable: "应缴",
      gross: "应收", relief: "减免", head: "收费项目", total: "合计", open_all: "展开本页", close_all: "收起本页",
      nothing: "没有符合条件的单证", findings: "原因", clean: "没有发现问题", not_judged: "未判断（不等于通过）", channel: "检验监管模式的由来",
      fee_steps: "费用", papers: "免交单证", certificates: "依据的原产地证", attachments: "随附文件", draw: "抽批", record: "记录",
      remedy: "怎么改：", cite: "出处：", basis_A: "依据 A · 见公开文本", basis_B: "依据 B · 未见原文，不是法律条文", basis_C: "依据 C · 默认取值，不是法律条文",
      line: "第 {line} 行第 {column} 列", no_source: "此处没有原文可显示", more: "另有 {n} 条原因未列出", also: "等 {n} 项",
      drawn: "抽中：{draw} 小于比例 {ratio}（基点）", not_drawn: "未抽中：{draw} 不小于比例 {ratio}（基点）",
      recipe: "公布当日种子后任何人都可以重算：把命令中的〔种子〕换成公布的种子，散列值前 8 个字节 × 10000 ÷ 2⁶⁴，取整即为 {draw}。",
      recipe_open: "当日没有事先封存的种子，用的是公开种子，现在就可以重算：散列值前 8 个字节 × 10000 ÷ 2⁶⁴，取整即为 {draw}。",
      secret: "〔种子〕", commitment: "种子的封存值", unsealed: "当日种子未封存", seed_date: "种子日期", version: "版本", format: "报文", accepted: "受理",
      first: "首次序号", supersedes: "取代序号", cause: "起因单证", digest: "内容摘要", rulebook: "规则库", registers: "登记册", unnamed: "报关单未提及",
      shown: "{from}–{to}，共 {n} 份", shown_of: "{from}–{to}，符合 {n} 份，共 {all} 份", page_before: "上一页", page_after: "下一页",
      about: "受理 {accepted} · {documents} 份 · {inputs} 个输入", declared: "按各单证申报日期", journal: "日志第 {index} 条",
      printed: "筛选：{filters}", printed_cut: "只打印前 {n} 份；全部见 decisions.xlsx", left_out: "本页只列前 {n} 份，其余 {left} 份见 decisions.ndjson",
      unsealed_draws: "有抽批所用种子未事先封存，见各单证“抽批”", empty_value: "（无）", status_SUSPENDED: "停征", would: "若不停征 {amount}", not_assessed: "未计费",
      payer: "缴费人", keys: "键盘：/ 搜索，↑ ↓ 选择，回车展开，[ ] 翻页，Esc 清除",
      old_browser: "请用较新的浏览器打开本页（Chrome 80、Edge 80、Firefox 113、Safari 16.4 起）", masked: "••• 处为个人信息或不予显示的内容", waived_none: "无",
      damaged: "本页的数据不完整，请重新取一份", zip_more: "另有 {n} 个文件", bytes: "字节", document_no: "第 {n} 份",
    },
    en: {
      title: "Clearance list", search: "search number, declarant, file, rule (press /)", print: "Print", other: "中文",
      all_dispositions: "all dispositions", all_modes: "all modes", all_rules: "all reasons", all_outcomes: "all outcomes", clear: "clear",
      disposition: "Disposition", mode: "Inspection mode", reasons: "Top reasons", fees: "Fees (CNY)", undecided: "none",
      sequence: "seq.", input: "file", number: "number", declarant: "declarant", outcome: "outcome", reason: "gravest reason", payable: "payable",
      gross: "gross", relief: "relief", head: "head", total: "total", open_all: "Open page", close_all: "Close page",
      nothing: "nothing matches", findings: "Reasons", clean: "nothing found", not_judged: "Not judged (which is not passed)", channel: "How the mode came about",
      fee_steps: "Fees", papers: "Papers waived", certificates: "Certificates it rests on", attachments: "Attachments", draw: "Draw", record: "Record",
      remedy: "What to do: ", cite: "Source: ", basis_A: "basis A · text seen", basis_B: "basis B · text not seen, not law", basis_C: "basis C · a default, not law",
      line: "line {line}, column {column}", no_source: "no lines of the message at hand", more: "{n} more reasons are not listed", also: "{n} in all",
      drawn: "drawn: {draw} is below {ratio} basis points", not_drawn: "not drawn: {draw} is not below {ratio} basis points",
      recipe: "Once the seed of the day is revealed anyone can draw again: put it in place of [seed]; the first 8 bytes of the hash × 10000 ÷ 2⁶⁴, rounded down, are {draw}.",
      recipe_open: "No seed was sealed for the day; the open seed was used, and anyone can draw again now: the first 8 bytes of the hash × 10000 ÷ 2⁶⁴, rounded down, are {draw}.",
      secret: "[seed]", commitment: "commitment", unsealed: "no seed sealed for the day", seed_date: "day of the seed", version: "version", format: "format", accepted: "accepted",
      first: "first sequence", supersedes: "supersedes", cause: "caused by", digest: "content", rulebook: "rule book", registers: "registers", unnamed: "named by no declaration",
      shown: "{from}–{to} of {n}", shown_of: "{from}–{to} of {n} matching, {all} in all", page_before: "page before", page_after: "next page",
      about: "accepted {accepted} · {documents} documents · {inputs} inputs", declared: "as each declares", journal: "journal record {index}",
      printed: "filters: {filters}", printed_cut: "only the first {n} are printed; all are in decisions.xlsx", left_out: "this page lists the first {n}; {left} more stand in decisions.ndjson",
      unsealed_draws: "some draws were made with no seed committed for their day; see their draw", empty_value: "(none)", status_SUSPENDED: "suspended", would: "would have been {amount}", not_assessed: "not assessed",
      payer: "payer", keys: "Keys: / search, ↑ ↓ move, Enter open, [ ] pages, Esc clear",
      old_browser: "please open this page in a newer browser (Chrome 80, Edge 80, Firefox 113, Safari 16.4 or later)", masked: "••• stands for personal data and what is not shown", waived_none: "none",
      damaged: "the data of this page are not whole; please fetch it again", zip_more: "{n} more files", bytes: "bytes", document_no: "no. {n}",
    },
  };
  const page = document.getElementById("page");
  const pieces = (name) => document.querySelectorAll("script[type='text/plain']." + name);
  let about, list, details, names, lang;
  let shown = [];
  const open = new Set();
  const cache = new Map();
  const filter = { text: "", disposition: "", mode: "", rule: "", outcome: "", at: 0 };

  // Texts only ever become text nodes.
  function h(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === undefined || value === null || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name === "width") element.style.width = value;
      else if (name === "value") element.value = value;
      else element.setAttribute(name, value === true ? "" : value);
    }
    for (const child of children.flat(3)) {
      if (child !== undefined && child !== null && child !== false) element.append(child);
    }
    return element;
  }
  const say = (key, values) => fill(WORDS[lang][key], values || {});
  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (all, name) => Object.hasOwn(values, name) ? String(values[name]) : all);
  const both = (pair) => pair[lang === "zh" ? 0 : 1];
  const named = (kind, code) => { const found = names[kind].get(code); return found ? both(found) : code; };
  const head_of = (head) => names.head.has(head) ? head + " " + named("head", head) : head;
  const rule_of = (id) => Object.hasOwn(about.rules, id) ? about.rules[id] : undefined;
  const title_of = (id) => { const rule = rule_of(id); return rule ? both(rule.title) : ""; };
  const number = (n) => n.toLocaleString("en-US");
  const tone = (disposition) => ["release", "inspect", "hold", "reject"].includes(disposition) ? disposition : "none";

  async function unpack(element) {
    const packed = element.textContent;
    let bytes;
    if (Uint8Array.fromBase64) bytes = Uint8Array.fromBase64(packed);
    else { const text = atob(packed); bytes = new Uint8Array(text.length); for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at); }
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(plain).text());
  }

  async function begin() {
    lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
    if (typeof DecompressionStream === "undefined") return complain("old_browser");
    const [told, ...columns] = await Promise.all([unpack(pieces("about")[0]), ...[...pieces("list")].map(unpack)]);
    about = told;
    details = pieces("detail");
    names = {};
    for (const [kind, pairs] of Object.entries(about.names)) names[kind] = new Map(pairs);
    about.back = new Map(Object.entries(about.words).map(([en, zh]) => [zh, en]));
    about.forms = new Map(Object.entries(about.phrases).map(([rule, pairs]) => [rule, forms(pairs)]));
    list = {};
    for (const name of Object.keys(columns[0])) list[name] = [].concat(...columns.map((piece) => piece[name]));
    list.hay = list.number.map((_, at) => [list.number[at], list.declarant[at], list.input[at], list.rules[at], list.sequence[at]].join(" ").toLowerCase());
    read_address();
    draw();
    document.addEventListener("keydown", key);
    addEventListener("beforeprint", () => draw_rows(true));
    addEventListener("afterprint", () => draw_rows(false));
    document.documentElement.dataset.ready = "yes";
  }
  const complain = (what) => page.replaceChildren(h("p", { class: "waiting" }, WORDS.zh[what] + "　" + WORDS.en[what]));

  function read_address() {
    try {
      for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
        if (name === "lang" && Object.hasOwn(WORDS, value)) lang = value;
        else if (name === "open") value.split(" ").forEach((sequence) => open.add(list.sequence.indexOf(Number(sequence))));
        else if (name !== "at" && Object.hasOwn(filter, name)) filter[name] = value;
      }
    } catch (_) { /* an address somebody typed */ }
    open.delete(-1);
  }
  function write_address() {
    const kept = new URLSearchParams();
    for (const name of ["text", "disposition", "mode", "rule", "outcome"]) if (filter[name]) kept.set(name, filter[name]);
    try { history.replaceState(null, "", "#" + kept); } catch (_) { /* some browsers forbid it for files */ }
  }

  function choose() {
    const terms = filter.text.toLowerCase().split(/\s+/).filter(Boolean).map((term) => {
      const titled = Object.keys(about.rules).filter((id) => about.rules[id].title.some((title) => title.toLowerCase().includes(term)));
      return { term, titled };
    });
    const has_rule = (at, id) => list.rules[at].split(" ").includes(id);
    shown = [];
    for (let at = 0; at < list.sequence.length; at++) {
      if (filter.disposition && (list.disposition[at] || "none") !== filter.disposition) continue;
      if (filter.mode && list.mode[at] !== filter.mode) continue;
      if (filter.outcome && list.outcome[at] !== filter.outcome) continue;
      if (filter.rule && !(list.rules[at] && has_rule(at, filter.rule))) continue;
      if (!terms.every(({ term, titled }) => list.hay[at].includes(term) || (list.rules[at] && titled.some((id) => has_rule(at, id))))) continue;
      shown.push(at);
    }
    filter.at = 0;
  }

  function counts(column) {
    const found = new Map();
    for (const value of column) found.set(value || "none", (found.get(value || "none") || 0) + 1);
    return found;
  }

  function draw() {
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
    document.title = say("title") + " · " + accepted();
    choose();
    page.replaceChildren(top(), ...notices(), overview(), h("div", { class: "only-print", id: "printed" }), filters(), h("div", { id: "list" }), foot());
    draw_rows(false);
  }
  const accepted = () => about.summary.accepted_at === "declared" ? say("declared") : about.summary.accepted_at.slice(0, 16).replace("T", " ");

  function top() {
    const { documents, inputs } = about.summary;
    return h("header", { class: "top" }, h("h1", {}, say("title")),
      h("p", { class: "about" }, say("about", { accepted: accepted(), documents: number(documents), inputs: number(inputs) })),
      h("div", { class: "tools" },
        h("button", { class: "plain", type: "button", id: "language", onclick: () => { lang = lang === "zh" ? "en" : "zh"; const at = filter.at; draw(); filter.at = at; draw_rows(false); } }, say("other")),
        h("button", { class: "plain", type: "button", onclick: () => print() }, say("print"))));
  }
  function notices() {
    const told = [];
    if (about.left_out) told.push(say("left_out", { n: number(list.sequence.length), left: number(about.left_out) }));
    if (about.summary.warnings.length) told.push(say("unsealed_draws"));
    return told.map((text) => h("p", { class: "notice" }, text));
  }

  function overview() {
    const fees = Object.entries(about.summary.fees.heads).map(([head, it]) => [head, [it.lines, [it.gross, it.relief, it.payable]]]);
    return h("div", { class: "overview" + (fees.length ? " has-fees" : "") }, dispositions(), modes(), reasons(), fees.length ? money(fees) : null);
  }
  function toggle(name, value) { filter[name] = filter[name] === value ? "" : value; changed(); }
  function dispositions() {
    const found = counts(list.disposition), all = list.sequence.length || 1;
    const kinds = [...names.disposition.keys(), "none"].filter((kind) => kind !== "none" || found.get("none"));
    const stack = h("div", { class: "stack", "aria-hidden": "true" }, kinds.filter((kind) => found.get(kind)).map((kind) => {
      const part = h("i", { class: tone(kind), title: kind === "none" ? say("undecided") : named("disposition", kind) });
      part.style.flexGrow = found.get(kind);
      return part;
    }));
    const tiles = kinds.map((kind) => h("button", { type: "button", class: "tile " + tone(kind) + (filter.disposition === kind ? " on" : ""), "aria-pressed": String(filter.disposition === kind), onclick: () => toggle("disposition", kind) },
      h("span", {}, kind === "none" ? say("undecided") : named("disposition", kind)), h("small", {}, (100 * (found.get(kind) || 0) / all).toFixed(1) + "%"), h("b", {}, number(found.get(kind) || 0))));
    return h("section", { class: "card" }, h("h2", {}, say("disposition")), stack, h("div", { class: "tiles" }, tiles));
  }
  function bar(label, n, most, on, onclick, kind) {
    return h("button", { type: "button", class: "bar" + (on ? " on" : ""), "aria-pressed": String(on), onclick }, h("span", { title: label.map((it) => it.textContent || it).join(" ") }, label), h("small", {}, number(n)),
      h("div", { class: "track" }, h("i", { class: kind || false, width: (100 * n / most).toFixed(2) + "%" })));
  }
  const MODE_TONES = { EXEMPT: "release", CREDIT: "release", DOC_RELEASE: "release", VERIFY: "inspect", JOINT: "inspect", GENERAL: "inspect", STRICT: "inspect", SPECIAL: "inspect", HOLD: "hold", REJECT: "reject" };
  function modes() {
    const found = counts(list.mode);
    const kinds = [...names.mode.keys()].filter((kind) => found.get(kind));
    const most = Math.max(1, ...kinds.map((kind) => found.get(kind)));
    return h("section", { class: "card" }, h("h2", {}, say("mode")), kinds.map((kind) => bar([named("mode", kind)], found.get(kind), most, filter.mode === kind, () => toggle("mode", kind), MODE_TONES[kind])));
  }
  function reasons() {
    const told = about.summary.reasons, most = Math.max(1, ...told.map((it) => it.count));
    return h("section", { class: "card reasons" }, h("h2", {}, say("reasons")), told.length ? null : h("p", { class: "hint" }, say("clean")), told.slice(0, REASONS_SHOWN).map((it) =>
      bar([h("code", {}, it.rule), lang === "zh" ? it.title_zh : it.title_en], it.count, most, filter.rule === it.rule, () => toggle("rule", it.rule), tone(it.effect))));
  }
  // Cents as whole numbers, so that nothing is rounded.
  const cents = (amount) => BigInt(amount.replace(".", ""));
  const with_commas = (amount) => { const [whole, part] = amount.split("."); return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part === undefined ? "" : "." + part); };
  const money_text = (amount) => typeof amount === "string" && /^-?\d+(\.\d+)?$/.test(amount) ? with_commas(amount) : amount || "";
  function from_cents(sum) { const digits = String(sum < 0n ? -sum : sum).padStart(3, "0"); return (sum < 0n ? "-" : "") + digits.slice(0, -2) + "." + digits.slice(-2); }
  function money(fees) {
    const sums = [0n, 0n, 0n];
    const rows = fees.map(([head, [, amounts]]) => { amounts.forEach((amount, at) => { sums[at] += cents(amount); }); return h("tr", {}, h("td", { title: head }, named("head", head)), amounts.map((amount) => h("td", {}, money_text(amount)))); });
    return h("section", { class: "card" }, h("h2", {}, say("fees")), h("div", { class: "scroll" }, h("table", { class: "money" },
      h("thead", {}, h("tr", {}, ["head", "gross", "relief", "payable"].map((key) => h("th", {}, say(key))))),
      h("tbody", {}, rows, h("tr", { class: "sum" }, h("td", {}, say("total")), sums.map((sum) => h("td", {}, money_text(from_cents(sum)))))))));
  }

  function filters() {
    let waiting;
    const select = (name, none, options) => h("select", { id: "by-" + name, class: filter[name] ? "on" : false, "aria-label": none, onchange: (event) => { filter[name] = event.target.value; changed(); } },
      h("option", { value: "" }, none), options.map(([value, label]) => { const option = h("option", { value }, label); option.selected = filter[name] === value; return option; }));
    const present = (kind, column) => { const found = counts(column); return [...names[kind].keys()].filter((code) => found.get(code)).map((code) => [code, named(kind, code)]); };
    const dispositions = present("disposition", list.disposition);
    if (counts(list.disposition).get("none")) dispositions.push(["none", say("undecided")]);
    const rules = about.summary.reasons.map((it) => [it.rule, it.rule + " " + (lang === "zh" ? it.title_zh : it.title_en)]);
    for (const id of [...new Set(list.rules.flatMap((ids) => ids ? ids.split(" ") : []))].sort()) if (!rules.some(([known]) => known === id)) rules.push([id, id + " " + title_of(id)]);
    return h("div", { class: "filters", role: "search" },
      h("input", { id: "search", type: "search", class: filter.text ? "on" : false, value: filter.text, placeholder: say("search"), "aria-label": say("search"), autocomplete: "off", spellcheck: "false",
        oninput: (event) => { clearTimeout(waiting); waiting = setTimeout(() => { filter.text = event.target.value; event.target.classList.toggle("on", filter.text !== ""); choose(); write_address(); draw_rows(false); }, SEARCH_MS); } }),
      select("disposition", say("all_dispositions"), dispositions), select("mode", say("all_modes"), present("mode", list.mode)), select("rule", say("all_rules"), rules), select("outcome", say("all_outcomes"), present("outcome", list.outcome)),
      h("button", { type: "button", class: "plain", id: "clear", onclick: clear }, say("clear")),
      h("button", { type: "button", class: "plain", id: "open-all", onclick: open_page }, say("open_all")),
      h("span", { class: "count", id: "count", "aria-live": "polite" }),
      h("div", { class: "pager" }, h("button", { type: "button", id: "before", title: say("page_before"), "aria-label": say("page_before"), onclick: () => turn(-1) }, "‹"), h("button", { type: "button", id: "after", title: say("page_after"), "aria-label": say("page_after"), onclick: () => turn(1) }, "›")));
  }
  function clear() { for (const name of ["text", "disposition", "mode", "rule", "outcome"]) filter[name] = ""; changed(); }
  function changed() {
    const focused = document.activeElement && document.activeElement.id;
    draw();
    write_address();
    const again = focused && document.getElementById(focused);
    if (again) again.focus();
  }
  function turn(by) {
    const next = filter.at + by * ROWS_A_PAGE;
    if (next < 0 || next >= shown.length) return;
    filter.at = next;
    draw_rows(false);
    const place = document.getElementById("list").getBoundingClientRect().top;
    if (place < 0) scrollBy(0, place - 60);
  }
  const on_page = () => shown.slice(filter.at, filter.at + ROWS_A_PAGE);
  async function open_page() {
    const rows = on_page();
    const is_open = rows.every((at) => open.has(at));
    if (!is_open) await Promise.all(rows.map(detail_of));
    for (const at of rows) if (is_open) open.delete(at); else open.add(at);
    draw_rows(false);
  }

  function draw_rows(is_print) {
    const rows = is_print ? shown.slice(0, ROWS_PRINTED_MAX) : on_page();
    const place = document.getElementById("list");
    const to = Math.min(filter.at + ROWS_A_PAGE, shown.length), all = list.sequence.length;
    document.getElementById("count").textContent = say(shown.length === all ? "shown" : "shown_of", { from: number(shown.length ? filter.at + 1 : 0), to: number(to), n: number(shown.length), all: number(all) });
    document.getElementById("before").disabled = filter.at === 0;
    document.getElementById("after").disabled = to >= shown.length;
    document.getElementById("clear").disabled = !(filter.text || filter.disposition || filter.mode || filter.rule || filter.outcome);
    document.getElementById("open-all").textContent = say(rows.length && rows.every((at) => open.has(at)) ? "close_all" : "open_all");
    document.getElementById("printed").replaceChildren(...printed(rows));
    if (!rows.length) return place.replaceChildren(h("p", { class: "nothing" }, say("nothing")));
    const titles = [["sequence", "n"], ["number"], ["declarant"], ["input", "for-wide"], ["outcome", "for-wide"], ["disposition"], ["mode"], ["reason"], ["payable", "n"]];
    const body = h("tbody", {});
    for (const at of rows) body.append(...row(at));
    place.replaceChildren(h("table", { class: "list" }, h("thead", {}, h("tr", {}, titles.map(([key, kind]) => h("th", { scope: "col", class: kind }, say(key))))), body));
  }
  function printed(rows) {
    const told = [];
    const by = [filter.disposition && (filter.disposition === "none" ? say("undecided") : named("disposition", filter.disposition)), filter.mode && named("mode", filter.mode), filter.rule && filter.rule + " " + title_of(filter.rule), filter.outcome && named("outcome", filter.outcome), filter.text].filter(Boolean);
    if (by.length) told.push(say("printed", { filters: by.join(lang === "zh" ? "，" : ", ") }));
    if (rows.length === ROWS_PRINTED_MAX && shown.length > rows.length) told.push(say("printed_cut", { n: number(ROWS_PRINTED_MAX) }));
    return told.map((text) => h("p", {}, text));
  }
  function row(at) {
    const ids = list.rules[at] ? list.rules[at].split(" ") : [];
    const disposition = list.disposition[at];
    const is_open = open.has(at);
    const line = h("tr", { class: "row" + (is_open ? " open" : ""), tabindex: "0", "aria-expanded": String(is_open), "data-at": at, onclick: () => { if (!String(getSelection())) flip(at); } },
      h("td", { class: "n" }, h("span", { class: "turn", "aria-hidden": "true" }, "›"), number(list.sequence[at])),
      h("td", { class: "id" }, list.number[at] || "—"),
      h("td", { class: "id of-firm" }, list.declarant[at] || "—"),
      h("td", { class: "input for-wide", title: list.input[at] }, h("b", {}, list.input[at]), " · ", say("document_no", { n: list.document[at] })),
      h("td", { class: "for-wide" }, named("outcome", list.outcome[at])),
      h("td", {}, disposition ? h("span", { class: "badge " + tone(disposition) }, named("disposition", disposition)) : h("span", { class: "badge none" }, named("outcome", list.outcome[at]))),
      h("td", {}, list.mode[at] ? named("mode", list.mode[at]) : ""),
      h("td", { class: "why" }, ids.length ? [h("code", {}, ids[0]), title_of(ids[0]), ids.length > 1 ? h("small", {}, say("also", { n: ids.length })) : null] : null),
      h("td", { class: "n pay" }, money_text(list.payable[at])));
    const rows = [line];
    if (is_open) rows.push(under(at));
    return rows;
  }
  function under(at) {
    const cell = h("td", { colspan: "9" });
    if (cache.has(at)) cell.append(inside(at, cache.get(at)));
    else detail_of(at).then((detail) => cell.append(inside(at, detail)), () => cell.append(h("p", { class: "hint" }, say("damaged"))));
    return h("tr", { class: "detail" }, cell);
  }
  function flip(at) {
    const line = page.querySelector("tr[data-at='" + at + "']");
    if (open.delete(at)) { if (line.nextSibling && line.nextSibling.className === "detail") line.nextSibling.remove(); }
    else { open.add(at); line.after(under(at)); }
    line.classList.toggle("open", open.has(at));
    line.setAttribute("aria-expanded", String(open.has(at)));
  }
  const unpacked = new Map();
  async function detail_of(at) {
    if (cache.has(at)) return cache.get(at);
    const piece = Math.floor(at / about.detail_rows);
    if (!unpacked.has(piece)) {
      if (unpacked.size > 40) unpacked.delete(unpacked.keys().next().value);
      unpacked.set(piece, unpack(details[piece]));
    }
    const rows = await unpacked.get(piece);
    const detail = rows[at % about.detail_rows];
    cache.set(at, detail);
    return detail;
  }

  function inside(at, detail) {
    const side = [not_judged(detail), channel(detail), fees(detail), papers(detail), the_draw(detail), attachments(detail), record(at, detail)].filter(Boolean);
    if (!(detail.findings || []).length) return h("div", { class: "inside alone" }, section("findings", h("p", { class: "hint" }, say("clean"))), side);
    return h("div", { class: "inside" }, h("div", {}, findings(detail)), h("div", {}, side));
  }
  const section = (key, ...children) => h("section", {}, h("h3", {}, say(key)), children);

  const GRAVITY = ["reject", "hold", "inspect", "deny", "warn"];
  function findings(detail) {
    const all = detail.findings.slice().sort((one, other) => GRAVITY.indexOf(one.effect) - GRAVITY.indexOf(other.effect));
    return section("findings", all.map((finding) => found(detail, finding)), detail.findings_more ? h("p", { class: "hint" }, say("more", { n: number(detail.findings_more) })) : null,
      all.some((finding) => finding.source && finding.source.join("").includes("•••")) ? h("p", { class: "hint" }, say("masked")) : null);
  }
  function found(detail, finding) {
    const rule = rule_of(finding.rule);
    const [basis, title, remedy, citation] = finding.said || [rule.basis, both(rule.title), both(rule.remedy), rule.citation];
    return h("article", { class: "found by-" + finding.effect },
      h("div", { class: "head" }, h("span", { class: "badge " + finding.effect }, named("effect", finding.effect)), h("code", {}, finding.rule), h("h4", {}, title), basis_tag(basis)),
      h("p", { class: "sentence" }, sentence(detail, finding)),
      source(finding),
      h("p", { class: "remedy" }, h("b", {}, say("remedy")), remedy),
      h("p", { class: "cite" }, h("b", {}, say("cite")), citation, " · ", say("line", finding), " · ", finding.pointer));
  }
  const basis_tag = (basis) => h("span", { class: "basis" + (basis === "A" ? "" : " not-law") }, WORDS[lang]["basis_" + basis] || basis);
  // The recorded sentence where it is in this language; else the rule's, filled from the evidence.
  function sentence(detail, finding) {
    const rule = rule_of(finding.rule);
    const as_recorded = finding.said || !rule || (about.language === lang && detail.first_sequence === undefined);
    if (as_recorded) return finding.message;
    const values = {};
    for (const [name, value] of Object.entries(finding.evidence)) values[name] = lang === "zh" ? word(String(value)) : value;
    const filled = fill(both(rule.message), values);
    return /\{\w+\}/.test(both(rule.message).replace(/\{(\w+)\}/g, (all, name) => Object.hasOwn(values, name) ? "" : all)) ? finding.message : filled;
  }
  function word(text) {
    if (lang === "zh") return Object.hasOwn(about.words, text) ? about.words[text] : text;
    return about.back.has(text) ? about.back.get(text) : text;
  }
  function forms(pairs) {
    return pairs.map(([english, chinese]) => {
      const plain = english.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
      return [new RegExp("^" + plain.replace(/\{(\w+)\}/g, "(?<$1>.*?)") + "$"), chinese];
    });
  }
  // Steps stand in English: words with values in them are known by their form, within their rule.
  function phrase(rule, text) {
    if (lang !== "zh" || Object.hasOwn(about.words, text)) return word(text);
    for (const [form, chinese] of about.forms.get(rule) || []) {
      const found = form.exec(text);
      if (found) return chinese.replace(/\{(\w+)\}/g, (_, name) => phrase(rule, found.groups[name]));
    }
    return text;
  }
  function source(finding) {
    if (!finding.source) return h("p", { class: "hint" }, say("no_source"));
    const [first, before, marked, after] = finding.source;
    // Indentation all lines share says nothing; a first line that was cut has none.
    const indents = (before + marked + after).split("\n").filter((line, nth) => line.trim() && !(nth === 0 && line.startsWith("…"))).map((line) => line.length - line.trimStart().length);
    const shared = new RegExp("^[ \\t]{1," + Math.max(1, Math.min(...indents)) + "}");
    const outdented = Math.min(...indents) > 0 ? (part) => part.replace(shared, "") : (part) => part;
    const lines = [[]];
    for (const [text, is_marked] of [[before, false], [marked, true], [after, false]]) {
      text.split("\n").forEach((part, nth) => {
        if (nth) lines.push([]);
        if (nth || text === before) part = outdented(part);
        if (part) lines[lines.length - 1].push(is_marked ? h("mark", {}, part) : part);
      });
    }
    return h("div", { class: "source" }, lines.map((line, nth) => h("div", {}, h("span", {}, first + nth), h("code", {}, line))));
  }
  function not_judged(detail) {
    if (!detail.not_judged.length) return null;
    return section("not_judged", h("ul", { class: "way" }, detail.not_judged.map((it) => h("li", {}, h("code", {}, it.rule), h("span", {}, word(it.why))))));
  }
  const step_word = (rule, text) => names.mode.has(text) ? named("mode", text) : phrase(rule, text);
  function channel(detail) {
    if (!detail.trace.length) return null;
    return section("channel", h("ol", { class: "way" }, detail.trace.map((step) => h("li", {}, h("code", {}, step.rule),
      h("div", {}, step.before ? [step_word(step.rule, step.before), h("span", { class: "arrow" }, "→")] : null, h("span", { class: "to" }, step_word(step.rule, step.after)), h("small", {}, title_of(step.rule)))))));
  }
  function fees(detail) {
    const told = detail.fees;
    if (!told) return null;
    const rows = [];
    for (const line of told.lines || []) {
      const status = line.status ? [" · ", WORDS[lang]["status_" + line.status] || line.status, line.order ? " " + line.order : "", line.would_have_been ? " · " + say("would", { amount: money_text(line.would_have_been) }) : ""] : null;
      rows.push(h("tr", { class: "head" }, h("td", {}, head_of(line.head), status), h("td", {}, ""), h("td", {}, money_text(line.gross))));
      for (const step of line.steps || []) rows.push(h("tr", { class: "step" }, h("td", {}, step.rule, " ", title_of(step.rule), " ", step.voucher || step.authority_doc || ""), h("td", {}, money_text(step.amount)), h("td", {}, money_text(step.after))));
      if ((line.steps || []).length) rows.push(h("tr", {}, h("td", {}, say("payable")), h("td", {}), h("td", {}, money_text(line.payable))));
    }
    rows.push(h("tr", { class: "sum" }, h("td", {}, say("payable"), told.payer ? " · " + say("payer") + " " + told.payer : ""), h("td", {}, money_text(told.relief ? "-" + told.relief : "")), h("td", {}, money_text(told.payable) + " " + (told.currency || ""))));
    return section("fee_steps", h("div", { class: "scroll" }, h("table", { class: "fee" }, h("tbody", {}, rows))));
  }
  function papers(detail) {
    const told = [];
    if (detail.documents_waived.length) told.push(section("papers", h("p", {}, detail.documents_waived.map((paper) => named("paper", paper)).join(lang === "zh" ? "、" : ", "))));
    if (detail.certificates.length) told.push(section("certificates", h("p", { class: "id" }, detail.certificates.join("  "))));
    return told.length ? told : null;
  }
  const quoted = (text) => "'" + text.replaceAll("'", "'\\''") + "'";
  function the_draw(detail) {
    const draw = detail.draw;
    if (!draw) return null;
    const seed = draw.committed ? say("secret") : draw.seed_date + ":unsealed";
    const drawn = [draw.number, draw.rule, draw.version].join("|");
    return section("draw", h("p", {}, h("span", { class: "badge " + (draw.hit ? "inspect" : "release") }, say(draw.hit ? "drawn" : "not_drawn", { draw: draw.draw_bp, ratio: draw.ratio_bp }))),
      h("pre", { class: "recipe" }, "printf %s " + quoted("v1|" + seed + "|" + drawn) + " | sha256sum"),
      h("p", { class: "hint" }, say(draw.committed ? "recipe" : "recipe_open", { draw: draw.draw_bp })),
      h("p", { class: "hint" }, say("seed_date"), " ", draw.seed_date, " · ", draw.committed ? [say("commitment"), " ", h("code", {}, draw.commitment)] : say("unsealed")));
  }
  function attachments(detail) {
    if (!detail.attachments) return null;
    return section("attachments", h("ul", { class: "plain-list" }, detail.attachments.map((file) => h("li", {}, file.name, " · ", number(file.bytes), " ", say("bytes"), " · ", file.document === null ? say("unnamed") : file.document))),
      detail.attachments_more ? h("p", { class: "hint" }, say("zip_more", { n: number(detail.attachments_more) })) : null);
  }
  function record(at, detail) {
    const facts = [["accepted", detail.accepted_at], ["version", detail.version], ["format", detail.format], ["input", list.input[at] + " · " + say("document_no", { n: list.document[at] })], ["outcome", named("outcome", list.outcome[at])], ["first", detail.first_sequence], ["supersedes", detail.supersedes],
      ["cause", detail.caused_by], ["digest", detail.digest], ["rulebook", detail.rulebook], ["registers", detail.registers]].filter(([, value]) => value !== undefined && value !== null && value !== "");
    return section("record", h("dl", { class: "facts" }, facts.map(([key, value]) => [h("dt", {}, say(key)), h("dd", {}, ["digest", "rulebook", "registers"].includes(key) ? h("code", {}, value) : String(value))])));
  }

  function foot() {
    const { journal } = about.summary;
    return h("footer", { class: "foot" }, h("span", { class: "keys" }, say("keys")), h("span", {}, say("rulebook"), " ", h("code", {}, about.rulebook), " · ", say("registers"), " ", h("code", {}, about.registers)),
      h("span", {}, say("journal", { index: journal.index }), " ", h("code", {}, journal.hash), " · clearance ", about.program));
  }

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const where = document.activeElement, is_typing = where && ["INPUT", "SELECT", "TEXTAREA"].includes(where.tagName);
    if (event.key === "Escape") { if (is_typing && where.id === "search" && !where.value) where.blur(); else clear(); return; }
    if (is_typing) { if (event.key === "Enter" || event.key === "ArrowDown") { if (where.id === "search") { event.preventDefault(); focus_row(0); } } return; }
    const lines = [...page.querySelectorAll("tr.row")], at = lines.indexOf(where && where.closest ? where.closest("tr.row") : null);
    const does = {
      "/": () => document.getElementById("search").focus(), "[": () => turn(-1), "]": () => turn(1),
      ArrowDown: () => focus_row(at + 1), j: () => focus_row(at + 1), ArrowUp: () => focus_row(Math.max(at - 1, 0)), k: () => focus_row(Math.max(at - 1, 0)),
      Enter: () => flip(Number(lines[at].dataset.at)), " ": () => flip(Number(lines[at].dataset.at)),
    }[event.key];
    if (!does || ((event.key === "Enter" || event.key === " ") && (at < 0 || where !== lines[at]))) return;
    event.preventDefault();
    does();
  }
  function focus_row(nth) {
    const lines = page.querySelectorAll("tr.row");
    if (lines.length) { const line = lines[Math.min(nth, lines.length - 1)]; line.focus({ preventScroll: true }); line.scrollIntoView({ block: "nearest" }); }
  }

  begin().catch(() => complain("damaged"));
})();
